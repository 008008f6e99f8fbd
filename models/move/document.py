from odoo import SUPERUSER_ID, models

from ...sii import clock, rut
from ...sii.codes import CodRef, TipoDte
from ...sii.document import Document, Issuer, Receiver, Reference, limits


class AccountMove(models.Model):
    """An invoice as the tax document it stands for."""

    _inherit = "account.move"

    def _l10n_cl_document(self):
        """The sii.Document of this invoice. Reads records only; judges nothing."""
        self.ensure_one()
        kind = TipoDte(int(self.l10n_latam_document_type_id.code))
        rows = self._l10n_cl_rows()
        return Document(
            kind=kind,
            issued_on=self.invoice_date or clock.today(),
            issuer=self._l10n_cl_document_issuer(),
            receiver=self._l10n_cl_document_receiver(),
            lines=self._l10n_cl_lines(rows, kind),
            totals=self._l10n_cl_totals(rows, kind),
            references=tuple(map(self._l10n_cl_document_reference, self.l10n_cl_reference_ids)),
            adjustments=self._l10n_cl_adjustments(rows, kind),
            gross=self._l10n_cl_is_gross(),
            foreign=self._l10n_cl_foreign_totals(rows),
        )

    def _l10n_cl_document_issuer(self):
        issuer = self.company_id.l10n_cl_issuer_id.sudo()
        company = issuer.company_id or self.company_id
        place = self._l10n_cl_branch() or company.partner_id
        branch = self.journal_id.sudo().l10n_cl_sii_branch_id
        # what emits by itself is nobody's sale
        seller = self.invoice_user_id.filtered(lambda user: user.id != SUPERUSER_ID)
        return Issuer(
            rut=issuer.company_rut or "",
            name=company.name,
            giro=company.l10n_cl_activity_description or "",
            actecos=tuple(int(code) for code in issuer.acteco_ids.mapped("code")),
            address=place.street or "",
            comuna=place.city_id.name or "",
            city=place.city or "",
            phone=company.phone or "",
            email=company.email or "",
            branch=branch.name or "",
            sii_branch_code=branch.code or None,
            seller=(seller.name or "")[: limits.SELLER],
        )

    def _l10n_cl_branch(self):
        """The address that this is issued from when it is not the head office's."""
        branch = self.journal_id.sudo().l10n_cl_sii_branch_id
        if branch._has_address():
            return branch.partner_id or branch
        main = self.company_id.l10n_cl_issuer_id.sudo().company_id
        partner = self.company_id.partner_id
        return partner.filtered("street") if self.company_id != main else partner.browse()

    def _l10n_cl_document_receiver(self):
        company = self.commercial_partner_id
        address = self.partner_id if self.partner_id.street else company
        person = self.partner_id if self.partner_id != company else company.browse()
        return Receiver(
            rut=rut.canonical_or_text(company._l10n_cl_rut() or ""),
            name=company.l10n_cl_business_name or company.name or "",
            giro=(company.l10n_cl_activity_description or "")[: limits.GIRO],
            address=", ".join(filter(None, [address.street, address.street2])),
            comuna=address.city_id.name or "",
            city=address.city or "",
            contact=(person.name or "")[: limits.CONTACT],
            email=company.email or "",
            # the place of a number that is no RUT (PROTOCOL 4.4), which is never cut: it would be
            # another's
            internal_code=company._l10n_cl_other_number()
            or (company.ref or "")[: limits.INTERNAL_CODE],
        )

    def _l10n_cl_document_reference(self, reference):
        return Reference(
            document_type=reference.l10n_cl_reference_doc_type_selection,
            folio=reference.folio,
            issued_on=reference.issued_on,
            code=CodRef(int(reference.code)) if reference.code else None,
            reason=reference.reason or "",
            is_global=reference.is_global,
        )
