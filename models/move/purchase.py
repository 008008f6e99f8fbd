from odoo import models

from ...sii import kinds


class AccountMove(models.Model):
    """Purchase invoices (46), which the buyer issues for the seller, and the notes over them.

    In Odoo they are vendor bills and refunds; at the SII they are documents of ours.
    """

    _inherit = "account.move"

    def _l10n_cl_is_own_purchase(self):
        """Whether this bill, or refund, is a document that we issue and not the vendor."""
        self.ensure_one()
        kind = kinds.of(self.l10n_latam_document_type_id.code)
        if (
            self.country_code != "CL"
            or not kind.issued
            or not self.is_purchase_document()
            or not self.l10n_latam_use_documents
        ):
            return False
        if kind.is_note:
            original = self.reversed_entry_id or self.debit_origin_id
            return bool(original) and original._l10n_cl_is_own_purchase()
        return kind.is_purchase and self.move_type == "in_invoice"

    def _get_name_invoice_report(self):
        if self._l10n_cl_is_own_purchase() and self._l10n_cl_emits():
            return "l10n_cl.report_invoice_document"
        return super()._get_name_invoice_report()
