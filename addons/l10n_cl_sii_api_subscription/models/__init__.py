from . import uuid_mixin
from . import subscription_product
from . import sale_subscription_template
from . import sale_subscription
from . import sale_order
from . import statement
from . import fastapi_endpoint
