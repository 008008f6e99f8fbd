from . import note_mixin
from . import account_debit_note
from . import account_move_reversal
from . import emit
from . import read_result
from . import print_received
from . import pay_and_emit
from . import certification_load
