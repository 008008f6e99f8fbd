from odoo import api, fields, models

from ...sii import rut

FACTURA, BOLETA = "factura", "boleta"
# What programs, policies and checkouts call the same
PROGRAM_WORDS = {FACTURA: "invoice", BOLETA: "receipt"}
_TAXPAYERS = ("1", "2")
_END_CONSUMER, _FOREIGNER = "3", "4"


class ResPartner(models.Model):
    """What a buyer gets follows from who he is to the SII."""

    _inherit = "res.partner"

    l10n_cl_document = fields.Selection(
        [(FACTURA, "Factura"), (BOLETA, "Boleta")],
        "Gets",
        compute="_compute_l10n_cl_document",
        help="What is proposed on an invoice: a factura to whoever has RUT and giro, a boleta to "
        "end consumers and to everybody else. The invoice may say otherwise.",
    )

    @api.depends(
        "commercial_partner_id.vat",
        "commercial_partner_id.country_id",
        "commercial_partner_id.is_company",
        "commercial_partner_id.l10n_latam_identification_type_id",
        "commercial_partner_id.l10n_cl_sii_taxpayer_type",
        "commercial_partner_id.l10n_cl_activity_description",
    )
    def _compute_l10n_cl_document(self):
        for partner in self:
            partner.l10n_cl_document = partner.commercial_partner_id._l10n_cl_document_of_buyer()

    def _l10n_cl_document_of_buyer(self, as_given=False):
        """FACTURA, BOLETA, or False for a foreign company, which is exported to.

        A person from abroad who buys here, a tourist, gets a boleta. as_given: who gave RUT and
        giro, as at a checkout, gets a factura whatever else he is; a wrong RUT keeps it back.
        """
        if as_given:
            data = self._l10n_cl_invoice_information()
            return FACTURA if data["rut"] and data["activity"] else BOLETA
        taxpayer = self.l10n_cl_sii_taxpayer_type
        if taxpayer == _END_CONSUMER:
            return BOLETA
        if taxpayer == _FOREIGNER:
            return False
        if not taxpayer and self.country_code not in (False, "CL"):
            return False if self.is_company else BOLETA
        # who was registered as a taxpayer and lacks only the giro wants his VAT credit: the
        # missing giro is shown before the factura is emitted
        trades = taxpayer in _TAXPAYERS or self.l10n_cl_activity_description
        number = self._l10n_cl_rut()
        named = rut.is_valid(number) and not rut.is_anonymous(number or "")
        return FACTURA if trades and named else BOLETA
