"""The signed document: its folio, bytes, state, references, public page and query page.

Knows its source by what the source offers, not what it is.
"""

from . import dte
from . import folio
from . import emit
from . import state
from . import foreign
from . import doubt
from . import folio_void
from . import folio_back
from . import portal
from . import consumo_folios
from . import reference
from . import reason
from . import waiting
from . import reference_original
from . import public
from . import query
