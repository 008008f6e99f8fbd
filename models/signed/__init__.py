"""Guards of what is signed: the invoice, its lines, payments and references stay as they were.

Hook for other addons: ``_l10n_cl_ours`` (their fields of invoices that nobody writes).
"""

from . import account_move
from . import account_move_line
from . import paid
from . import reference
