"""Credit and debit notes: reason, term, what of the original they change, and what they wait
for.
"""

from . import family_rows
from . import dte
from . import account_move
from . import note
from . import obstacles
from . import ask
from . import origin
