from . import test_schedule
from . import test_periods
