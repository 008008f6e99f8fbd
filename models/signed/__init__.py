"""What a signed document says stays as it was signed: guards of invoices, lines, payments and
references.
"""

from . import account_move
from . import account_move_line
from . import paid
from . import reference
