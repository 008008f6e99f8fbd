"""Envelopes: sealed, sent, asked for and judged, each step by a scheduled action, after an intent
that was committed.

``seal.py`` makes them, ``upload.py`` sends (tries and pauses stand there), ``poll.py`` asks for one
or, by ``together.py``, for several;
``verdict.py`` and ``result.py`` read the answer; ``doubt.py`` and ``probe.py`` are for an upload
whose outcome is unknown, ``held_back.py`` for what must not go now, ``fit.py`` for what was sealed
for another day, cover or certificate, ``packed.py`` keeps what is processed without its documents.
"""

from . import envio
from . import seal
from . import fit
from . import held_back
from . import upload
from . import poll
from . import together
from . import verdict
from . import probe
from . import doubt
from . import result
from . import packed
from . import history
