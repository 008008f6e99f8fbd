"""An invoice of Odoo that becomes a DTE: its type, its document, what forbids to post it, and
its posting.

``document_type.py`` decides which document it is, ``document.py`` builds it, ``obstacles.py`` lists
what is in its way, ``number.py`` gives it its folio, ``emit.py`` creates, writes and posts: each
names its parts in order, those of later rooms too (transport, note, received, statement, register,
delivery, signed), and no room overrides them. The other modules are functions over a move.

Hooks for other addons: ``_l10n_cl_content(kind)``, what a document sells, for who brings lines and
totals of his own (the certification's cases); ``_l10n_cl_emits``, what is issued before the switch
is on.

Its works of jobs, emitting and confirming, are in ``job.py``.
"""

from . import account_move
from . import account_journal
from . import document_type
from . import document
from . import sale_order
from . import number
from . import emit
from . import job
