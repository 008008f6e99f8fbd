from odoo import models

from ...sii.document import Line


class AccountMove(models.Model):
    """The figures that l10n_cl prints, from the rows that the document was made of."""

    _inherit = "account.move"

    def _l10n_cl_printed_totals(self):
        """The sii.Totals of the document that a print shows, or will be."""
        return self._l10n_cl_said().totals

    def _l10n_cl_printed_lines(self):
        """The sii.Line that a print shows of each invoice line, by the id of the latter.

        What adjusts the others is no line of the document: of it there is the amount, signed.
        """
        said = iter(self._l10n_cl_said().lines)
        return {
            row.base_line["record"].id: Line("", row.amount) if row.adjusts else next(said)
            for row in self._l10n_cl_rows()
        }

    def _l10n_cl_get_amounts(self):
        values = super()._l10n_cl_get_amounts()
        if not self._l10n_cl_is_electronic():
            return values
        totals = self._l10n_cl_printed_totals()
        return {
            **values,
            "subtotal_amount_taxable": totals.net or 0,
            "subtotal_amount_exempt": totals.exempt or 0,
            "vat_amount": totals.vat or 0,
            "vat_percent": f"{totals.vat_rate:.2f}" if totals.vat_rate else False,
            "total_amount": totals.total,
        }

    def _l10n_cl_get_withholdings(self):
        """Each additional tax, retention and credit; what takes off the total is negative."""
        if not self._l10n_cl_is_electronic():
            return super()._l10n_cl_get_withholdings()
        rows = self._l10n_cl_rows()
        booked = self._l10n_cl_tax_amounts(rows)
        return [
            {
                "tax_code": tax.l10n_cl_sii_code,
                "tax_name": tax.name,
                "tax_base": sum(row.amount for row in rows if tax.l10n_cl_sii_code in row.codes),
                "tax_percent": abs(tax.amount),
                "tax_amount_currency": amount,
                "tax_amount": amount,
            }
            for tax, amount in booked.items()
            if tax._l10n_cl_is_additional() or tax.l10n_cl_is_construction_credit
        ]
