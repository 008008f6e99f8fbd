from collections import defaultdict

from odoo import models
from odoo.tools import float_compare

from ...sii.document.taxes import RETENTIONS


class AccountMove(models.Model):
    """What an invoice may hold in Odoo, and no tax document can say."""

    _inherit = "account.move"

    def _l10n_cl_unsaid_amounts(self):
        """By what the document's amounts are not the invoice's: (sentence, the record to mend)."""
        return (
            self._l10n_cl_tax_obstacles()
            + self._l10n_cl_line_obstacles()
            + self._l10n_cl_total_obstacles()
        )

    def _l10n_cl_unsaid_days(self):
        """The same of rates and dates."""
        rates = [(text, self) for text in self._l10n_cl_rate_obstacles()]
        return rates + self._l10n_cl_date_obstacles()

    def _l10n_cl_tax_obstacles(self):
        obstacles = []
        rates = defaultdict(set)
        for tax in self.invoice_line_ids.tax_ids.flatten_taxes_hierarchy().filtered("amount"):
            text = self._l10n_cl_tax_obstacle(tax)
            if text:
                obstacles.append((text, tax))
            elif tax._l10n_cl_is_additional():
                rates[tax.l10n_cl_sii_code].add(tax._l10n_cl_rate())
                if len(rates[tax.l10n_cl_sii_code]) == 2:
                    obstacles.append((self._l10n_cl_two_rates_text(tax), tax))
        return obstacles

    def _l10n_cl_tax_obstacle(self, tax):
        code = tax.l10n_cl_sii_code
        if tax.l10n_cl_is_construction_credit:
            return tax.amount > 0 and self.env._(
                "The tax %s is a credit: its amount must be negative.", tax.name
            )
        if not code:
            return self.env._(
                "The tax %s has no SII code: give it one under Accounting > Configuration > Taxes.",
                tax.name,
            )
        if code in RETENTIONS and tax.amount > 0:
            return self.env._(
                "The tax %(tax)s (SII code %(code)s) is a retention: its amount must be negative.",
                tax=tax.name,
                code=code,
            )
        if code not in RETENTIONS and tax.amount < 0:
            return self.env._(
                "The tax %(tax)s (SII code %(code)s) adds to the total: its amount must be "
                "positive.",
                tax=tax.name,
                code=code,
            )
        return ""

    def _l10n_cl_two_rates_text(self, tax):
        return self.env._(
            "There are two rates of the tax with SII code %(code)s (%(tax)s): a document has one. "
            "Correct the code of the tax, or split the invoice.",
            code=tax.l10n_cl_sii_code,
            tax=tax.name,
        )

    def _l10n_cl_line_obstacles(self):
        return [
            (
                self.env._(
                    "Line “%(line)s”: a discount of %(discount)s%% is more than its price.",
                    line=(line.name or "").partition("\n")[0],
                    discount=f"{line.discount:g}",
                ),
                self,
            )
            for line in self.invoice_line_ids
            if float_compare(line.discount, 100, precision_digits=6) > 0
        ]

    def _l10n_cl_total_obstacles(self):
        texts = []
        if self.line_ids.filtered(lambda line: line.display_type == "rounding"):
            texts.append(
                self.env._(
                    "The law rounds what is paid in cash, not the document (Ley 20.956): empty "
                    "“Cash Rounding Method” on this invoice."
                )
            )
        if self.line_ids.filtered(lambda line: line.display_type == "epd"):
            texts.append(
                self.env._(
                    "A discount for early payment is no part of a tax document until it is given: "
                    "choose payment terms whose discount leaves the VAT as it is, and issue a "
                    "credit note when it is taken."
                )
            )
        return [(text, self) for text in texts]
