from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _l10n_cl_gross_vat(self):
        """The company's VAT on sales as part of the price, for the gross values of programs.

        Made once of the one on top of the price; empty when the company has none.
        """
        self.ensure_one()
        vat = self.account_sale_tax_id
        if not vat or vat.price_include:
            return vat
        same = [
            ("company_id", "=", vat.company_id.id),
            ("type_tax_use", "=", "sale"),
            ("amount_type", "=", vat.amount_type),
            ("amount", "=", vat.amount),
            ("l10n_cl_sii_code", "=", vat.l10n_cl_sii_code),
            ("price_include_override", "=", "tax_included"),
        ]
        name = self.env._("%s (included)", vat.name)
        values = {"name": name, "price_include_override": "tax_included"}
        return vat.search(same, limit=1) or vat.copy(values)
