"""Rows of the register and the documents and bills that they are about."""

from . import entry
from . import actions
from . import bill
from . import period
