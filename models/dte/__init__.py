"""The signed document: its folio, bytes, state, references, public page and query page.

``take_folios.py`` takes folios, ``set_aside.py`` hides those without document, ``emit.py`` signs,
``state.py`` lists what follows a state, ``doubt.py`` and ``give_up.py`` end what cannot go on;
``folio_*.py`` and ``consumo_folios.py`` account for folios.

Knows its source by what the source offers (`l10n_cl.dte.source.mixin`), not what it is; printing
and delivery add to it what they need. A new state is followed by three parts that later rooms add
(`_notes_follow_state`, `_mails_follow_state`, `_answers_follow_state`); note adds also what a
document waits for (`_wait_for_others`, `_original_lost_text`), and received asks for the customer's
answers (`_ask_answers_later`). `_with_folio` is a hook for addons.
"""

from . import dte
from . import source_mixin
from . import set_aside
from . import take_folios
from . import emit
from . import state
from . import foreign
from . import doubt
from . import folio_void
from . import give_up
from . import folio_back
from . import portal
from . import consumo_folios
from . import reference
from . import reason
from . import reference_original
from . import public
from . import query
from . import account_move
