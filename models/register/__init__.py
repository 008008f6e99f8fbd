"""The SII's register of purchases and sales (RCV) and of fee receipts: synced, imported, compared
with the books.

``period.py`` is a month of one, ``sync.py`` and ``provider.py`` ask for it, ``upsert.py`` keeps its
rows; ``entry.py`` is one document, ``entry_figures.py`` its figures (a new field goes there and
into ``sii/register/``), ``total.py`` the sums, ``event.py`` what changed; ``matching/`` compares.
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
