from odoo import api, fields, models

from ...sii.register.words import CATEGORIES
from .figure import Code, Figure


class RcvEntry(models.Model):
    """All figures and marks of a row of the register, by the names that programs read."""

    _inherit = "l10n_cl.rcv.entry"

    received_at = fields.Datetime("Received by the SII", readonly=True)
    accepted_at = fields.Datetime("Acknowledged on", readonly=True)
    rejected_at = fields.Datetime("Claimed on", readonly=True)
    transaction_category = fields.Selection(list(CATEGORIES.items()), "Category", readonly=True)
    exempt_amount = Figure("Exempt", readonly=True)
    vat_amount = Figure("VAT", readonly=True)
    total_documents = Figure("Documents", readonly=True)
    reference_type_code = Code("Type of the reference", readonly=True)
    reference_number = fields.Char("Folio of the reference", readonly=True)
    receipt_reference_number = Code("Internal number", readonly=True)
    # purchases
    common_use_vat = Figure("Common use VAT", readonly=True)
    fixed_assets_net_amount = Figure("Fixed assets net", readonly=True)
    fixed_assets_vat_amount = Figure("Fixed assets VAT", readonly=True)
    non_credit_tax_amount = Figure("Taxes without credit", readonly=True)
    non_refundable_vat_amount = Figure("Non-refundable VAT", readonly=True)
    non_refundable_vat_code = Code("Code of non-refundable VAT", readonly=True)
    tobacco_cigarettes = Figure("Cigarettes", readonly=True)
    tobacco_cigars = Figure("Cigars", readonly=True)
    tobacco_processed_tobacco = Figure("Processed tobacco", readonly=True)
    # both books
    non_withheld_vat = Figure("VAT not withheld", readonly=True)
    other_taxes = fields.Json("Other taxes (data)", readonly=True)
    other_taxes_text = fields.Char("Other taxes", compute="_compute_other_taxes_text")
    besides = fields.Json(
        "Further columns",
        readonly=True,
        help="What the SII's list says beyond the fields that programs exchange.",
    )
    # sales
    total_vat_withheld = Figure("VAT withheld wholly", readonly=True)
    partial_vat_withheld = Figure("VAT withheld in part", readonly=True)
    own_vat = Figure("Own VAT", readonly=True)
    third_party_vat = Figure("VAT of third parties", readonly=True)
    out_of_time_vat = Figure("VAT out of time", readonly=True)
    settlement_issuer_id = fields.Char("RUT of the settlement's issuer", readonly=True)
    net_commissions = Figure("Net commissions", readonly=True)
    exempt_commissions = Figure("Exempt commissions", readonly=True)
    vat_commissions = Figure("VAT of commissions", readonly=True)
    construction_company_credit = Figure("Credit of construction companies", readonly=True)
    free_zone_tax = Figure("Free zone tax", readonly=True)
    container_deposit_guarantee = Figure("Container deposits", readonly=True)
    domestic_ticket_sales = Figure("Domestic tickets", readonly=True)
    international_ticket_sales = Figure("International tickets", readonly=True)
    # fee receipts
    services_is_professional_society = fields.Boolean("Professional society", readonly=True)
    services_is_third_party = fields.Boolean("On behalf of a third party", readonly=True)
    services_issued_at = fields.Datetime("Issued at the SII on", readonly=True)
    services_issuer_withheld_amount = Figure("Withheld by the issuer", readonly=True)
    services_receiver_withheld_amount = Figure("Withheld by the receiver", readonly=True)
    services_status = fields.Selection(
        [
            ("VIG", "Valid"),
            ("ANUL", "Annulled"),
            ("ObR", "Observed by the receiver"),
            ("VCA", "Valid, annulment asked for"),
        ],
        "State of the receipt",
        readonly=True,
    )

    @api.depends("other_taxes")
    def _compute_other_taxes_text(self):
        """Each as ``14: 400 (19 %)``."""
        for entry in self:
            rows = (entry.other_taxes or {}).get("other_taxes_detail", ())
            entry.other_taxes_text = "; ".join(
                f"{row['tax_code']}: {row['tax_amount']} ({row['tax_rate']} %)" for row in rows
            )
