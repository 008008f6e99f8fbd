"""An invoice of Odoo that becomes a DTE: its type, its document, what forbids to post it, and
its posting.

``document.py`` builds the document, ``obstacles.py`` lists what is in its way, ``emit.py``
creates, writes and posts: each names its parts in order, those of later rooms too (transport,
note, received, statement, register, delivery, signed), and no room overrides them.

Hook: ``_l10n_cl_content(kind)``, what a document sells, for who brings lines and totals of his own
(the certification's cases).
"""

from . import account_move
from . import document_type
from . import elsewhere
from . import account_journal
from . import due
from . import document
from . import service
from . import terms
from . import sale_order
from . import obstacles
from . import boleta
from . import emit
from . import kinds
from . import transaction
from . import language
from . import export
from . import dates
from . import rejected
from . import purchase
from . import outlook
from . import repairs
