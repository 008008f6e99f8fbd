"""Documents of suppliers: read, verified, booked, and answered.

``mailbox.py``, ``account_journal.py`` and ``heavy.py`` are the ways in, ``received_file.py``,
``file.py`` and ``parts.py`` read, ``signer.py``, ``verdicts.py`` and ``verify.py`` judge, the files
``bill*.py`` book, ``delivery.py`` answers; ``dte_answers.py`` is for answers to our documents.
"""

from . import account_journal
from . import signer
from . import verdicts
from . import received_dte
from . import file
from . import parts
from . import heavy
from . import verify
from . import bill
from . import bill_taxes
from . import account_move
from . import mailbox
from . import delivery
from . import received_file
from . import dte_answers
from . import dte_mailed_answers
