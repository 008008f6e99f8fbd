from decimal import Decimal

from odoo import fields, models

from ...sii.document.taxes import SLAUGHTER, TAXES

# SII codes on account.tax (l10n_cl): of VAT, and of what who pays fees keeps back
VAT = 14
FEES = 15
# Bought at the exchange of products: a retention of nothing, written in the lines all the same.
_NOT_RETAINED = 49


class AccountTax(models.Model):
    """What a tax is in a tax document."""

    _inherit = "account.tax"

    l10n_cl_is_construction_credit = fields.Boolean(
        "Construction Credit",
        help="The builder's special credit (DL 910, art. 21), which the document takes off its "
        "total (CredEC): 65% of the VAT at most, and 225 UF a dwelling. The tax says how much it "
        "is, as a negative percentage of the net amount: -3.0875% for a quarter of the credit, as "
        "in 2025 and 2026, -12.35% for the whole, as for older permits. It ends on 2027-01-01, but "
        "for rights acquired before.",
    )

    def _l10n_cl_is_additional(self):
        """Whether it is an additional tax or a retention of the SII's table (PROTOCOL 5.7)."""
        self.ensure_one()
        return (
            self.l10n_cl_sii_code not in (0, VAT)
            and (bool(self.amount) or self.l10n_cl_sii_code == _NOT_RETAINED)
            and not self.l10n_cl_is_construction_credit
        )

    def _l10n_cl_rate(self):
        """Percent as the SII wants it, also of a retention; None for a specific tax."""
        self.ensure_one()
        is_percent = self.amount_type == "percent"
        if self.l10n_cl_sii_code == SLAUGHTER:  # by the kilo in Odoo, a percentage to the SII
            return TAXES[SLAUGHTER].rate
        return Decimal(repr(abs(self.amount))).normalize() if is_percent else None
