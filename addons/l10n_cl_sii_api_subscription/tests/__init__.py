from . import test_bounds
from . import test_subscriptions
from . import test_subscription_buyers
from . import test_translations
