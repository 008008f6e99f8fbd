"""Credit and debit notes: the reason is asked first."""

from . import mixin
from . import account_debit_note
from . import account_move_reversal
from . import account_move_reversal_reason
