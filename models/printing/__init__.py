"""PDF and ticket of a document, with its stamp."""

from . import source_mixin
from . import account_move
from . import ir_actions_report
