"""The SII's register of purchases and sales (RCV) and of fee receipts: synced, imported,
compared with the books.
"""

from . import period
from . import entry
from . import entry_figures
from . import total
from . import event
from . import upsert
from . import invoice_object
from . import signed
from . import account_move
from . import issuer
from . import sync
from . import provider
from . import health
from . import xml_missing
from . import matching
