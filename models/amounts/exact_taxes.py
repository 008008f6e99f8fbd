from collections import defaultdict

from odoo import api, models

from ...sii.document.amounts import net_of as net_in
from ...sii.document.amounts import percent_of
from ..taxpayer.account_tax import VAT
from .amounts import decimal, net_of, pesos

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


def _is_priced_in(base_line, tax_data):
    """Whether a tax is a percentage in the price of its line, and the only one there."""
    return (
        tax_data["tax"].amount_type == "percent"
        and tax_data["price_include"]
        and not tax_data["is_reverse_charge"]
        and len(_taxes_data(base_line)) == 1
    )


class AccountTax(models.Model):
    """The SII's sums instead of Odoo's (PROTOCOL 5.6): whole pesos on a line, taxes of their sum.

    Odoo rounds the sum of all lines and moves the pesos left over into some of them, which makes
    prices that nobody agreed; and it rounds the VAT of advances and discounts by themselves.
    """

    _inherit = "account.tax"

    @api.model
    def _round_tax_details_tax_amounts_from_tax_lines(self, base_lines, company, tax_lines):
        """Before Odoo's last step, which keeps the taxes that are booked already as they are."""
        if company.sudo().l10n_cl_issuer_id:
            if self._l10n_cl_all_gross(base_lines):
                self._l10n_cl_exact_nets(base_lines, company)
            else:
                self._l10n_cl_whole_lines(base_lines, company)
                self._l10n_cl_exact_taxes(base_lines, company)
        return super()._round_tax_details_tax_amounts_from_tax_lines(base_lines, company, tax_lines)

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
        for rate, lines in self._l10n_cl_lines_by_tax(base_lines, _is_of_net):
            net = sum(net_of(base_line) for base_line, _tax_data in lines)
            self._l10n_cl_add_to_tax(lines, percent_of(net, rate), company)

    @api.model
    def _l10n_cl_exact_nets(self, base_lines, company):
        """Of prices with VAT the net amount is what their sum, in whole pesos, has in it, and VAT
        is the rest: so the document states it.

        Odoo rounds the VAT of the fractions, which may be a peso away.
        """
        for rate, lines in self._l10n_cl_lines_by_tax(base_lines, _is_priced_in):
            gross = sum(
                net_of(base_line) + pesos(tax_data["tax_amount"]) for base_line, tax_data in lines
            )
            base_line, tax_data, lacking = self._l10n_cl_add_to_tax(
                lines, gross - net_in(gross, rate), company
            )
            base_line["tax_details"]["delta_total_excluded"] -= lacking
            tax_data["base_amount"] -= lacking
            if base_line["currency_id"] == company.currency_id:
                base_line["tax_details"]["delta_total_excluded_currency"] -= lacking
                tax_data["base_amount_currency"] -= lacking

    @api.model
    def _l10n_cl_lines_by_tax(self, base_lines, belongs):
        """(rate, [(base line, tax data), ...]) of each tax of the document."""
        lines_of = defaultdict(list)
        for base_line in base_lines:
            for tax_data in _taxes_data(base_line):
                if belongs(base_line, tax_data):
                    tax = tax_data["tax"]
                    lines_of[tax.l10n_cl_sii_code, tax.amount].append((base_line, tax_data))
        return [(decimal(rate), lines) for (_code, rate), lines in lines_of.items()]

    @api.model
    def _l10n_cl_add_to_tax(self, lines, amount, company):
        """The largest of the lines takes what their tax lacks to come to the amount: (base line,
        tax data, pesos)."""
        lacking = amount - sum(pesos(tax_data["tax_amount"]) for _base_line, tax_data in lines)
        base_line, largest = max(lines, key=lambda line: abs(line[1]["raw_tax_amount"]))
        largest["tax_amount"] += lacking
        if base_line["currency_id"] == company.currency_id:
            largest["tax_amount_currency"] += lacking
        return base_line, largest, lacking
