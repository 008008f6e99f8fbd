"""Work that several workers share: claimed in turns, processed in batches, committed.

``queue.py`` is the mixin and its runs, ``run.py`` what a run knows, ``claim.py`` whose turn it is,
``once.py`` the protocol for what must not be done twice, ``failure.py`` what becomes of a record
that fails, ``wake.py`` who calls the workers. Nothing else of the addon commits.
"""

from . import queue
from . import claim
from . import once
from . import failure
from . import wake
