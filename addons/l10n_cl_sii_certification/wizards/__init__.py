"""The certification's files: loaded and exchanged."""

from . import exchange
from . import load
