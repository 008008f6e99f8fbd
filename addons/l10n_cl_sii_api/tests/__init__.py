from . import test_buyers
from . import test_webhooks
from . import test_single_payments
from . import test_payments
