"""Acceptance and claims of received documents at the SII, and their eight days.

``claim_days.py`` counts the days and reminds, ``claim.py`` is one act, ``send.py`` and ``event.py``
take it to the SII and read its list, ``acceptance.py`` is for documents that need nobody's
judgement.
"""

from . import claim_days
from . import claim
from . import send
from . import event
from . import acceptance
