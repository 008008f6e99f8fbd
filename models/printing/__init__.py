"""PDF and ticket of a document, with its stamp."""

from . import account_move
from . import ir_actions_report
