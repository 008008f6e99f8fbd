"""CAF, ranges and folios: what is left, what was used elsewhere, and the mark that tells a
database from its copies.
"""

from . import mark
from . import caf
from . import caf_ranges
from . import caf_left
from . import caf_read
from . import elsewhere
from . import used_up_to
from . import issuer_mark
from . import examination
from . import forecast
