from collections import defaultdict

from odoo import models
from odoo.tools import float_compare

from ..sii.errors import Problem
from ..sii.taxes import RETENTIONS
from .text_rules import problems_text


class AccountMove(models.Model):
    """What an invoice may hold in Odoo, and no tax document can say."""

    _inherit = "account.move"

    def _l10n_cl_unsupported(self):
        """Obstacles in the amounts: (sentence, the record to mend) of each."""
        return (
            self._l10n_cl_tax_obstacles()
            + self._l10n_cl_line_obstacles()
            + self._l10n_cl_total_obstacles()
        )

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
        # No rate is a rate of one to Odoo, and no currency is worth a peso.
        if self._l10n_cl_is_foreign() and self.invoice_currency_rate in (0.0, 1.0):
            texts.append(
                self.env._(
                    "There is no exchange rate of %s for the date of this invoice: enter it under "
                    "Accounting > Configuration > Currencies.",
                    self.currency_id.name,
                )
            )
        if self.line_ids.filtered(lambda line: line.display_type in ("rounding", "epd")):
            texts.append(
                self.env._(
                    "Cash rounding and discounts for early payment are no part of a tax document: "
                    "take them off this invoice."
                )
            )
        return [(text, self) for text in texts + self._l10n_cl_rounding_problem()]

    def _l10n_cl_rounding_problem(self):
        """The peso that rules let gross prices and global discounts differ by, and the SII objects
        to elsewhere: it comes from rounding the VAT of each line."""
        per_line = self.company_id.tax_calculation_rounding_method == "round_per_line"
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if (
            not per_line
            or self._l10n_cl_is_gross()
            or min(lines.mapped("price_subtotal"), default=0) < 0
        ):
            return []
        off = self._l10n_cl_vat_off()
        if abs(off) != 1:
            return []
        vat = self._l10n_cl_printed_totals().vat
        problem = Problem("vat_wrong", "totals.vat", {"amount": vat, "expected": vat - off})
        return problems_text(self.env, [problem])
