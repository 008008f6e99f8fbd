from . import test_partner
from . import test_territory
from . import test_first_light
from . import test_pdf417
from . import test_report
from . import test_refusals
from . import test_faults
from . import test_verdicts
