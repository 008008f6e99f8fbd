from odoo import models

from ...sii import kinds
from ...sii.codes import CodRef


class AccountMove(models.Model):
    """A note that no wizard of ours made refers to what it can only be about.

    It is proposed, and may be changed, on the draft; what is posted by a program gets it then.
    """

    _inherit = "account.move"

    def _l10n_cl_propose_reference(self):
        """Refer to the one document that this note can be about, if it says none yet."""
        if not kinds.of(self.l10n_latam_document_type_id.code).is_note or self.state != "draft":
            return
        if not self._l10n_cl_is_emitted() or self._l10n_cl_changing_references():
            return
        original = self.sudo()._l10n_cl_origin()
        if original:
            whole = not self.currency_id.compare_amounts(self.amount_total, original.amount_total)
            does = CodRef.ANNULS if whole else CodRef.CORRECTS_AMOUNTS
            words = self.with_context(lang=self._l10n_cl_lang()).env
            labels = dict(words["l10n_cl.reference"]._fields["code"]._description_selection(words))
            reason = labels[str(does.value)].partition(" - ")[2]
            self.sudo().write(original._l10n_cl_note_values(does, reason))

    def _l10n_cl_origin(self):
        """The posted document of ours that this reverses or adds to; of an order's own credit
        note, the one that invoiced its lines. Empty when there are several, or none."""
        origin = self.reversed_entry_id or self.debit_origin_id
        if not origin and self.move_type == "out_refund":
            invoiced = self.line_ids.sale_line_ids.invoice_lines.move_id
            origin = invoiced.filtered(lambda move: move.move_type == "out_invoice")
        origin = origin.filtered(
            lambda move: (
                move.company_id == self.company_id
                and move.state == "posted"
                and move._l10n_cl_is_electronic()
                and move.l10n_cl_dte_id.state != "rejected"
            )
        )
        return origin if len(origin) == 1 else origin.browse()
