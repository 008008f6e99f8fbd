"""Work over many records at once, done piece by piece by a scheduled action.

``works.py`` has the kinds of work, ``start.py`` makes a job of records, ``piece.py`` does the next
piece, ``figures.py`` counts, ``wish.py`` is what people press meanwhile, ``kept.py`` forgets what
is old. Other rooms add their work to `works.WORKS`: a name of the database never becomes a method.
"""

from . import job
from . import line
from . import start
from . import figures
from . import wish
from . import piece
from . import kept
