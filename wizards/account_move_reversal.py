from odoo import models

from ..sii.codes import CodRef


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def _prepare_default_reversal(self, move):
        """A credit note says which document it annuls; on the draft this can be changed."""
        values = super()._prepare_default_reversal(move)
        return {**values, **move._l10n_cl_note_values(CodRef.ANNULS, self.reason)}
