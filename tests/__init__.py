from . import test_partner
from . import test_territory
