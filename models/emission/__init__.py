"""Emission on payment: the policy, the request that owes a document, what it waits for, and the
checkout page.

Hook for statement: `_transport_obstacle` of a request. `_l10n_cl_retry_emissions` (wakes.py) is the
last step of each `create` or `write` of ours that may fix what parks a request.
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
from . import wakes
from . import goods
from . import automatic
from . import checkout
from . import health
