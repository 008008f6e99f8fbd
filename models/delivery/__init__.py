"""Mails with a document, to its customer and to the receiver's exchange mailbox.

Other rooms add kinds of mails to `mails.KINDS`; `received` adds the answers to suppliers.
``job.py`` is the work of jobs that mails many.
"""

from . import attached
from . import res_partner
from . import source_mixin
from . import account_move
from . import when
from . import delivery
from . import planned
from . import print_ahead
from . import send
from . import customer_mail
from . import exchange_mail
from . import account_move_send
from . import addressees
from . import job
