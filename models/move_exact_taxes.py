from collections import defaultdict

from odoo import api, models

from ..sii.amounts import percent_of
from .account_move_amounts import decimal, net_of, pesos
from .account_tax import VAT

_NOTHING = 1e-6


def _taxes_data(base_line):
    return base_line["tax_details"]["taxes_data"]


def _is_gross(base_line):
    """Priced with VAT and nothing else: what the customer pays is what counts."""
    return all(
        each["tax"].l10n_cl_sii_code == VAT and each["price_include"]
        for each in _taxes_data(base_line)
    )


def _is_of_net(base_line, tax_data):
    """Whether a tax is a percentage of what its line sells, and of nothing else."""
    details = base_line["tax_details"]
    return (
        tax_data["tax"].l10n_cl_sii_code
        and tax_data["tax"].amount_type == "percent"
        and not tax_data["is_reverse_charge"]
        and abs(tax_data["raw_base_amount"] - details["raw_total_excluded"]) < _NOTHING
    )


class AccountTax(models.Model):
    """The SII's sums instead of Odoo's (PROTOCOL 5.6): whole pesos on a line, taxes of their sum.

    Odoo rounds the sum of all lines and moves the pesos left over into some of them, which makes
    prices that nobody agreed; and it rounds the VAT of advances and discounts by themselves.
    """

    _inherit = "account.tax"

    @api.model
    def _round_base_lines_tax_details(self, base_lines, company, tax_lines=None):
        result = super()._round_base_lines_tax_details(base_lines, company, tax_lines=tax_lines)
        if company.sudo().l10n_cl_issuer_id and not self._l10n_cl_all_gross(base_lines):
            self._l10n_cl_whole_lines(base_lines, company)
            # taxes that are booked already are kept as they are
            if not tax_lines:
                self._l10n_cl_exact_taxes(base_lines, company)
        return result

    @api.model
    def _l10n_cl_all_gross(self, base_lines):
        taxed = [line for line in base_lines if _taxes_data(line)]
        return bool(taxed) and all(map(_is_gross, taxed))

    @api.model
    def _l10n_cl_whole_lines(self, base_lines, company):
        for base_line in base_lines:
            details = base_line["tax_details"]
            details["delta_total_excluded"] = 0.0
            if base_line["currency_id"] == company.currency_id:
                details["delta_total_excluded_currency"] = 0.0

    @api.model
    def _l10n_cl_exact_taxes(self, base_lines, company):
        """A peso that the sum of a tax lacks goes to the largest of its lines.

        Prices with and without VAT have two taxes in Odoo, and one in the document.
        """
        lines_of = defaultdict(list)
        for base_line in base_lines:
            for tax_data in _taxes_data(base_line):
                if _is_of_net(base_line, tax_data):
                    tax = tax_data["tax"]
                    lines_of[tax.l10n_cl_sii_code, tax.amount].append((base_line, tax_data))
        for (_code, rate), lines in lines_of.items():
            net = sum(net_of(base_line) for base_line, _tax_data in lines)
            booked = sum(pesos(tax_data["tax_amount"]) for _base_line, tax_data in lines)
            lacking = percent_of(net, decimal(rate)) - booked
            base_line, largest = max(lines, key=lambda line: abs(line[1]["raw_tax_amount"]))
            largest["tax_amount"] += lacking
            if base_line["currency_id"] == company.currency_id:
                largest["tax_amount_currency"] += lacking
