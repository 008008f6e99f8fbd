"""Mails with a document, to its customer and to the receiver's exchange mailbox."""

from . import attached
from . import mail
from . import delivery
from . import planned
from . import send
from . import exchange
from . import account_move_send
