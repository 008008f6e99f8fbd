from . import health
from . import portal
from . import public
