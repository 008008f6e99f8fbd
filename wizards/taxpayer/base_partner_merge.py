from odoo import models
from odoo.exceptions import UserError

from ...sii import rut as ruts
from ...sii.codes import ANONYMOUS_RUT


class MergeContacts(models.TransientModel):
    """Merging moves invoices to another contact in the database, whoever may write them."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._l10n_cl_check_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _l10n_cl_check_merge(self, sources, target):
        """Raise UserError where documents, or a company, would become another taxpayer's."""
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        if owner := companies.search([("partner_id", "in", sources.ids)], limit=1):
            raise UserError(
                self.env._("%s is a company of this database: merge into it.", owner.name)
            )
        document = self._l10n_cl_document_of_another(sources, _rut(target))
        if document:
            raise UserError(
                self.env._(
                    "%(document)s was issued to the RUT %(rut)s: its contact cannot be merged into "
                    "%(target)s, who is another taxpayer.",
                    document=document.display_name,
                    rut=document.receiver_rut,
                    target=target.display_name,
                )
            )

    def _l10n_cl_document_of_another(self, sources, rut):
        """One that was issued to these contacts, or those below them, under another RUT."""
        below = self.env["res.partner"].sudo().with_context(active_test=False)
        family = below.search([("id", "child_of", sources.ids)])
        documents = self.env["l10n_cl.dte"].sudo()
        same = [rut, ANONYMOUS_RUT]
        issued = [("receiver_id", "in", family.ids), ("receiver_rut", "not in", same)]
        return documents.search(issued, limit=1)


def _rut(partner):
    vat = partner.commercial_partner_id.vat or ""
    return ruts.canonical(vat) if ruts.is_valid(vat) else vat
