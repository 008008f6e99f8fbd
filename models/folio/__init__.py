"""CAF, ranges and folios: what is left, what was used elsewhere, and the mark that distinguishes a
database from its copies.

``caf_read.py`` takes a CAF's file, ``caf_ranges.py`` its folios; ``stock.py`` knows what is left
and where the next ones are, ``caf_left.py`` and ``set_aside.py`` show it, ``forecast.py`` warns
(before folios end, before they expire); ``holder.py`` is for who reserves a block of folios,
``ledger.py`` writes folios without document; ``used_up_to.py``, ``elsewhere.py`` are for folios of
another system; ``mark.py``, ``issuer_mark.py``, ``examination.py`` for copies.

It answers hooks of issuer (copies, examinations), base (`_allowed` of the queues) and access (who
gets a CAF's file). Hooks: `_l10n_cl_retry_emissions` of CAFs (emission), `_still_holds_folios` of
who holds folios (jobs, in move).
"""

from . import mark
from . import caf
from . import caf_ranges
from . import holder
from . import ledger
from . import stock
from . import caf_left
from . import set_aside
from . import caf_read
from . import elsewhere
from . import used_up_to
from . import issuer_mark
from . import examined_ranges
from . import examination
from . import forecast
