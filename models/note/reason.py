from odoo import api, fields, models

from ...sii.codes import CodRef, NoteReason, TipoDte
from ...sii.rules.note_terms import NOTES
from .copied_lines import takes_back

REASONS = [
    (NoteReason.RETURN.value, "Goods returned or services called off"),
    (NoteReason.ERROR.value, "Error in the invoice"),
    (NoteReason.DISCOUNT.value, "Discount or bonus granted later"),
]
_CREDIT_NOTE = str(TipoDte.NOTA_CREDITO.value)


class AccountMove(models.Model):
    """Why a credit note is made: proposed where it shows, asked where nothing tells it.

    What somebody typed stays; a proposal follows what it comes from as long as it is a draft.
    """

    _inherit = "account.move"

    l10n_cl_asks_reason = fields.Boolean(
        "Asks for a reason", compute="_compute_l10n_cl_asks_reason"
    )
    l10n_cl_note_reason = fields.Selection(
        REASONS,
        "Reason of the credit note",
        compute="_compute_l10n_cl_note_reason",
        inverse="_inverse_l10n_cl_note_reason",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="Each reason has a term of its own for lowering the VAT. Goods returned and services "
        "called off: six months from the delivery to the day of the return (art. 21 N° 2 DL 825). "
        "An error, such as an invoice that should not be or a price or quantity too high: the "
        "month of the invoice or the next one (art. 22). A discount or bonus granted later has "
        "no term (art. 21 N° 1).",
    )
    l10n_cl_note_typed = fields.Json(
        "Fields of the term that were typed",
        copy=False,
        help="Names of the fields of a credit note's term that somebody typed.",
    )

    @api.depends("l10n_latam_document_type_id", "l10n_cl_reference_ids.code")
    def _compute_l10n_cl_asks_reason(self):
        for move in self:
            move.l10n_cl_asks_reason = move._l10n_cl_takes_off()

    @api.depends(
        "l10n_latam_document_type_id",
        "reversed_entry_id",
        "l10n_cl_reference_ids.code",
        "l10n_cl_reference_ids.l10n_cl_reference_doc_type_selection",
        "invoice_line_ids.quantity",
        "invoice_line_ids.price_unit",
        "invoice_line_ids.discount",
    )
    def _compute_l10n_cl_note_reason(self):
        for move in self:
            if move._l10n_cl_is_proposed("l10n_cl_note_reason"):
                move.l10n_cl_note_reason = move._l10n_cl_usual_reason()
            else:
                move.l10n_cl_note_reason = move.l10n_cl_note_reason

    @api.onchange("l10n_cl_note_reason")
    def _inverse_l10n_cl_note_reason(self):
        for move in self:
            move._l10n_cl_mark_typed("l10n_cl_note_reason", move._l10n_cl_usual_reason())

    def _l10n_cl_takes_off(self):
        """Whether this is a credit note of ours that takes off amounts: it has a reason."""
        if self.l10n_latam_document_type_id.code != _CREDIT_NOTE:
            return False
        return self._l10n_cl_is_electronic() and not self._l10n_cl_does(CodRef.CORRECTS_TEXT)

    def _l10n_cl_is_over_note(self):
        changed = self._l10n_cl_changing_references()
        return not NOTES.isdisjoint(changed.mapped("l10n_cl_reference_doc_type_selection"))

    def _l10n_cl_usual_reason(self):
        """What a note like this is usually made for; False when only a person can tell."""
        if not self._l10n_cl_takes_off() or not self._l10n_cl_changing_references():
            return False
        if self._l10n_cl_is_over_note():
            return NoteReason.ERROR.value
        if self._l10n_cl_does(CodRef.ANNULS):
            return NoteReason.RETURN.value
        original = self.sudo()._l10n_cl_origin()
        returned = takes_back(self.invoice_line_ids, original.invoice_line_ids)
        return NoteReason.RETURN.value if returned else False

    def _l10n_cl_is_proposed(self, name):
        """Whether a field of the term follows what it is proposed from."""
        return self.state == "draft" and name not in self._l10n_cl_typed()

    def _l10n_cl_mark_typed(self, name, proposal):
        """What somebody typed in the place of a proposal stays; what he emptied is proposed."""
        typed = self._l10n_cl_typed()
        if self[name] != proposal:
            typed.add(name)
        if self._fields[name].type != "boolean" and not self[name]:
            typed.discard(name)
        if typed != self._l10n_cl_typed():
            self.l10n_cl_note_typed = sorted(typed)

    def _l10n_cl_typed(self):
        """Names of the fields that somebody typed: forms write them back, programs anything."""
        kept = self.l10n_cl_note_typed
        return {name for name in kept if isinstance(name, str)} if isinstance(kept, list) else set()
