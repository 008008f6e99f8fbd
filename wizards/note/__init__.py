"""Credit and debit notes: what they do and why is asked before they are made."""

from . import mixin
from . import account_debit_note
from . import account_move_reversal
from . import account_move_reversal_reason
