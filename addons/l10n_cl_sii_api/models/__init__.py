from . import program
from . import payment
from . import webhook
from . import endpoint
