"""Emit, and confirming many invoices at once."""

from . import emit
from . import validate_account_move
