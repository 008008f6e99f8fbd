"""The certification of an issuer at the SII: its sets, books, simulation and samples."""

from . import certification
from . import step
from . import sets
from . import case
from . import move
from . import emit
from . import book
from . import samples
from . import simulation
