"""Credit and debit notes: reason, term, what of the original they change, and what they wait
for.

``account_move.py`` has the fields, and the parts that building, checking and posting a document
call; what they compute stands in functions beside it.
"""

from . import account_move
from . import dte
