from . import test_schedule
from . import test_periods
from . import test_translations
