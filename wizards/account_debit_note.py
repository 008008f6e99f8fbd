from odoo import models

from ..sii.codes import CodRef


class AccountDebitNote(models.TransientModel):
    _inherit = "account.debit.note"

    def _prepare_default_values(self, move):
        """A debit note over a credit note annuls it; over an invoice it corrects amounts."""
        values = super()._prepare_default_values(move)
        does = CodRef.ANNULS if move.move_type == "out_refund" else CodRef.CORRECTS_AMOUNTS
        return {**values, **move._l10n_cl_note_values(does, self.reason)}
