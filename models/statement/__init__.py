"""What is owed and paid for an order, a plan or a subscription, and the invoice that comes of it.

``statement.py`` is what is owed, ``payment.py``, ``transaction.py`` and ``money.py`` what was paid,
``invoice.py`` writes the draft, ``past.py`` is for what was paid before emission was on.
"""

from . import statement
from . import payment
from . import canceled
from . import money
from . import transaction
from . import invoice
from . import account_move
from . import sale_order
from . import past
from . import sale_order_invoiced
from . import transport
from . import portal
from . import answers
from . import pay_and_emit
