"""How goods travel (Ley 21.713): carrier, vehicle, driver, origin and destination."""

from . import vehicle
from . import mixin
from . import account_move
from . import named
