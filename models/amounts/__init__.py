"""What an invoice's lines, discounts, taxes and currency come to in whole pesos, as the XML and
the ledger state it.
"""

from . import account_move
from . import exact_taxes
