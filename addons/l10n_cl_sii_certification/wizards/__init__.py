from . import exchange
from . import load
