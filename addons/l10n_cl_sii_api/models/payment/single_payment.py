from odoo import Command, fields, models
from odoo.addons.l10n_cl_sii.sii import clock


class SaleOrderTemplate(models.Model):
    """A single payment of the API: what is sold at which price, VAT included."""

    _inherit = "sale.order.template"

    l10n_cl_currency_id = fields.Many2one(
        "res.currency", "Currency of the values", help="Of what a program sells: CLP or UF."
    )

    def _l10n_cl_give_products(self, currency, items):
        """Sell these and nothing else. items: (name, value with VAT, kind) of each."""
        self.ensure_one()
        products = self.env["product.product"]
        in_pesos = currency == self.company_id.currency_id
        lines = [
            {
                "name": name,
                "product_id": products._l10n_cl_of_program(
                    self.company_id, name, value if in_pesos else 0, kind
                ).id,
                "l10n_cl_value": value,
            }
            for name, value, kind in items
        ]
        self.write(
            {
                "l10n_cl_currency_id": currency.id,
                "sale_order_template_line_ids": [
                    Command.clear(),
                    *(Command.create(line) for line in lines),
                ],
            }
        )

    def _l10n_cl_sell(self, buyer, due_date, **values):
        """A confirmed order of this for a buyer, who owes all of it on one day, or today."""
        self.ensure_one()
        lines = self.sale_order_template_line_ids.filtered("l10n_cl_value")
        owed = sum(lines.mapped("l10n_cl_value"))
        order = self.env["sale.order"]._l10n_cl_create_payable(
            "single_payment_buyer",
            buyer,
            self.l10n_cl_currency_id,
            [(line.product_id, line.name, line.l10n_cl_value) for line in lines],
            sale_order_template_id=self.id,
            **values,
        )
        due, all_of_it = due_date or clock.today(), order.order_line.browse()
        order._l10n_cl_owe([(owed, due, all_of_it, order.currency_id)])
        order.action_confirm()
        return order


class SaleOrderTemplateLine(models.Model):
    _inherit = "sale.order.template.line"

    l10n_cl_value = fields.Float("Value with VAT", digits=(16, 2))
