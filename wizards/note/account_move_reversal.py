from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import entry
from ...models.base.chilean_day import today
from ...sii.codes import TipoDte
from .mixin import ANNULS


class AccountMoveReversal(models.TransientModel):
    """Makes the credit notes over one invoice or several.

    In: the invoices, what the note does and its reason. Out: drafts that refer to their invoices,
    with the reason and its days. What the format does not let a note do raises UserError before
    anything is made.
    """

    _name = "account.move.reversal"
    _inherit = ["account.move.reversal", "l10n_cl.note.mixin"]

    _l10n_cl_makes = TipoDte.NOTA_CREDITO

    date = fields.Date(default=today)

    @api.depends("move_ids")
    def _compute_journal_id(self):
        """A note over what another system issued is issued here, unless somebody changes that."""
        result = super()._compute_journal_id()
        for wizard in self.filtered("journal_id"):
            wizard.journal_id = wizard.journal_id._l10n_cl_for_notes()
        return result

    @api.depends("move_ids", "journal_id")
    def _compute_documents_info(self):
        """Of several invoices nobody types the numbers of the notes: they are folios.

        l10n_latam_invoice_document, where numbers are typed, makes one note at a time.
        """
        many = self.filtered("l10n_cl_are_many")
        many.l10n_latam_available_document_type_ids = False
        many.l10n_latam_use_documents = False
        return super(AccountMoveReversal, self - many)._compute_documents_info()

    def _prepare_default_reversal(self, move):
        """The draft refers to its invoice and has the reason: both can be changed there."""
        values = {
            **super()._prepare_default_reversal(move),
            **self._l10n_cl_note_values(move),
            **self._l10n_cl_reason_values(),
        }
        if self.l10n_cl_are_many:
            values["l10n_latam_document_type_id"] = self._l10n_cl_type_made().id
            values.pop("l10n_latam_document_number")
        return values

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
