from . import test_buyers
from . import test_configuration
from . import test_information
from . import test_integration_off
from . import test_payments
from . import test_single_payments
from . import test_statements
from . import test_webhooks
