"""Importing and ignoring rows of the register."""

from . import ignore
from . import import_file
