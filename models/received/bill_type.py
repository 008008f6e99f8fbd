from odoo import models
from odoo.fields import Domain

_FEE_CODES = ("70", "71")


class AccountMove(models.Model):
    """The type of a bill that is told by a document of the SII."""

    _inherit = "account.move"

    def _get_l10n_latam_documents_domain(self):
        """What the supplier issued, whatever its contact says that it issues."""
        domain = super()._get_l10n_latam_documents_domain()
        if not self.is_purchase_document():
            return domain
        told = self._origin.sudo()
        entries = told.l10n_cl_rcv_entry_ids
        types = told.l10n_cl_received_ids.document_type_id | entries.document_type_id
        own = told.l10n_latam_document_type_id
        if own.code in _FEE_CODES and any(entries.mapped("is_services_invoice")):
            types |= own
        return list(Domain(domain) | Domain("id", "in", types.ids)) if types else domain
