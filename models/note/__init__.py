"""Credit and debit notes: reason, term, what of the original they change, and what they wait
for.
"""

from . import family
from . import dte
from . import note
from . import move_family
from . import obstacles
from . import ask
from . import copied_lines
from . import origin
from . import reason
from . import term
