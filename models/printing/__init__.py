"""PDF and ticket of a document, with its stamp.

``sheet.py`` is the letter, ``ticket.py`` the ticket; their layout is in ``report/``, the words that
both have in ``sii/printing/words.py``. ``job.py`` makes files of many documents.
"""

from . import source_mixin
from . import account_move
from . import paper
from . import kept
from . import together
from . import ir_actions_report
from . import job
