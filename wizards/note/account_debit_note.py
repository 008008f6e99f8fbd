from odoo import api, fields, models

from ...models.access.entry import entry
from ...models.base.chilean_day import today
from ...sii import kinds
from ...sii.codes import CodRef, TipoDte
from .mixin import AMOUNTS, ANNULS

_MAKES = TipoDte.NOTA_DEBITO


class AccountDebitNote(models.TransientModel):
    """Makes the debit notes over one document or several: an annulled credit note, more amounts.

    In: the documents and what the note does. Out: drafts that refer to their documents. What the
    format does not let a debit note do raises UserError before anything is made.
    """

    _name = "account.debit.note"
    _inherit = ["account.debit.note", "l10n_cl.note.mixin"]

    _l10n_cl_makes = _MAKES

    date = fields.Date(default=today)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """What no debit note does is not offered; a program that sends it gets the reason."""
        found = super().fields_get(allfields, attributes)
        does = found.get("l10n_cl_does", {})
        if "selection" in does:
            does["selection"] = [
                (code, label)
                for code, label in does["selection"]
                if kinds.of(_MAKES).changes[CodRef(int(code))]
            ]
        return found

    @api.model
    def default_get(self, fields):
        """A note over what another system issued is issued here, unless somebody changes that."""
        values = super().default_get(fields)
        moves = self.new({"move_ids": values.get("move_ids")}).move_ids._origin
        here = moves.journal_id[:1]._l10n_cl_for_notes()
        if "journal_id" in fields and len(moves.journal_id) == 1 and here != moves.journal_id:
            values["journal_id"] = here.id
        return values

    def _l10n_cl_usual(self, move):
        """A debit note over a credit note annuls it; over an invoice it corrects amounts."""
        return ANNULS if move.move_type in ("out_refund", "in_refund") else AMOUNTS

    def _prepare_default_values(self, move):
        values = {**super()._prepare_default_values(move), **self._l10n_cl_note_values(move)}
        if len(self.move_ids) > 1 and move._l10n_cl_is_electronic():
            # of several Odoo proposes none where lines are copied
            values["l10n_latam_document_type_id"] = self._l10n_cl_type_made().id
        return values

    @entry("write")
    def create_debit(self):
        self._l10n_cl_check_note()
        if self.l10n_cl_is_note and self.l10n_cl_does == ANNULS:
            self.copy_lines = True
        action = super().create_debit()
        self._l10n_cl_write_text(self.env["account.move"].browse(action.get("res_id")))
        return action
