from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.base_access import entry
from ..models.chilean_day import today
from .note_mixin import ANNULS


class AccountMoveReversal(models.TransientModel):
    _name = "account.move.reversal"
    _inherit = ["account.move.reversal", "l10n_cl.note.mixin"]

    date = fields.Date(default=today)

    @api.depends("move_ids")
    def _compute_journal_id(self):
        """A note over what another system issued is issued here, unless somebody says otherwise."""
        result = super()._compute_journal_id()
        for wizard in self.filtered("journal_id"):
            wizard.journal_id = wizard.journal_id._l10n_cl_for_notes()
        return result

    def _prepare_default_reversal(self, move):
        """A credit note says which document it changes; on the draft this can be changed."""
        return {**super()._prepare_default_reversal(move), **self._l10n_cl_note_values(move)}

    @entry("write")
    def reverse_moves(self, is_modify=False):
        self._l10n_cl_check_note()
        if is_modify and self.l10n_cl_is_note and self.l10n_cl_does != ANNULS:
            raise UserError(
                self.env._("Only a note that annuls its invoice makes room for a new one.")
            )
        action = super().reverse_moves(is_modify)
        self._l10n_cl_write_text(self.new_move_ids)
        return action
