"""Envelopes: sealed, sent, asked for and judged, each step by a scheduled action, after an
intent that was committed.
"""

from . import envio
from . import seal
from . import fit
from . import due
from . import upload
from . import poll
from . import verdict
from . import probe
from . import doubt
from . import result
