"""Guards of what is signed: the invoice, its lines, payments and references stay as they were."""

from . import account_move
from . import account_move_line
from . import paid
from . import reference
