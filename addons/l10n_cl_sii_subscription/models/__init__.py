from . import sale_subscription_template
from . import sale_subscription
from . import sale_subscription_period
from . import sale_subscription_oca
from . import sale_subscription_status
from . import sale_order
from . import statement
from . import taxpayer_privacy
