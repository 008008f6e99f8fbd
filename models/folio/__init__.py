"""CAF, ranges and folios: what is left, what was used elsewhere, and the mark that distinguishes a
database from its copies.

``caf_read.py`` takes a CAF's file, ``caf_ranges.py`` its folios; ``caf_left.py`` counts,
``stock.py`` knows where the next ones are, ``forecast.py`` warns (before folios end, before they
expire); ``used_up_to.py``, ``elsewhere.py`` are for folios of another system; ``mark.py``,
``issuer_mark.py``, ``examination.py`` for copies.

It answers hooks of issuer (copies, examinations), base (`_allowed` of the queues) and access (who
gets a CAF's file). Hook: `_l10n_cl_retry_emissions` of CAFs (emission).
"""

from . import mark
from . import caf
from . import caf_ranges
from . import caf_left
from . import caf_read
from . import stock
from . import elsewhere
from . import used_up_to
from . import issuer_mark
from . import examination
from . import forecast
