"""Files of suppliers' documents: loaded and printed."""

from . import print_received
from . import receive
