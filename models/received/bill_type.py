from odoo import models

from ...sii import kinds


class AccountMove(models.Model):
    """The type of a bill that a document of the SII names."""

    _inherit = "account.move"

    def _l10n_cl_types_received(self):
        """What the supplier issued, whatever its contact says that it issues; empty where no
        document names one."""
        if not self.is_purchase_document():
            return self.env["l10n_latam.document.type"]
        saved = self._origin.sudo()
        entries = saved.l10n_cl_rcv_entry_ids
        types = saved.l10n_cl_received_ids.document_type_id | entries.document_type_id
        own = saved.l10n_latam_document_type_id
        fees = kinds.of(own.code).family is kinds.Family.FEES
        if fees and any(entries.mapped("is_services_invoice")):
            types |= own
        return types
