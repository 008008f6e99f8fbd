"""What an invoice's lines, discounts, taxes and currency come to in whole pesos, as the XML and
the ledger say it.
"""

from . import amounts
from . import lines
from . import discounts
from . import totals
from . import foreign
from . import obstacles
from . import figures
from . import exact_taxes
from . import rate
