"""Emission on payment: the policy, the request that owes a document, what it waits for, and the
checkout page.
"""

from . import policy
from . import source_mixin
from . import request
from . import reconsider
from . import obstacle
from . import emit
from . import payment
from . import payment_guard
from . import transaction_guard
from . import fixed
from . import goods
from . import automatic
from . import checkout
from . import health
