from . import test_partner
from . import test_territory
from . import test_first_light
from . import test_pdf417
from . import test_report
