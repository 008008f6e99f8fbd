from odoo import Command, fields, models


class SaleSubscriptionTemplate(models.Model):
    """A subscription of the API: what is sold by periods at which price, VAT included."""

    _inherit = "sale.subscription.template"

    l10n_cl_currency_id = fields.Many2one(
        "res.currency", "Currency of the values", help="Of what a program sells: CLP or UF."
    )
    l10n_cl_product_ids = fields.One2many(
        "l10n_cl.subscription.product", "template_id", "Products of the program"
    )

    def _l10n_cl_give_products(self, currency, items):
        """Sell these and nothing else from the next enrolment on.

        items: (name, value with VAT, kind) of each.
        """
        self.ensure_one()
        in_pesos = currency == self.company_id.currency_id
        products = self.env["product.product"]
        lines = [
            {
                "sequence": sequence,
                "name": name,
                "value": value,
                "product_id": products._l10n_cl_of_program(
                    self.company_id, name, value if in_pesos else 0, kind
                ).id,
            }
            for sequence, (name, value, kind) in enumerate(items)
        ]
        self.l10n_cl_currency_id = currency
        self.l10n_cl_product_ids = [
            Command.clear(),
            *(Command.create(line) for line in lines),
        ]

    def _l10n_cl_enrol(self, buyer, contact, **values):
        """A running subscription of a buyer. contact: whose tax data its documents carry."""
        self.ensure_one()
        taxes = Command.set(self.company_id._l10n_cl_gross_vat().ids)
        # nobody is notified of each sale of a program
        subscriptions = self.env["sale.subscription"].with_context(
            mail_auto_subscribe_no_notify=True
        )
        subscription = subscriptions.create(
            {
                "template_id": self.id,
                "company_id": self.company_id.id,
                "partner_id": buyer.id,
                "partner_invoice_id": contact.id,
                "partner_shipping_id": buyer.id,
                "pricelist_id": self._l10n_cl_pricelist().id,
                "sale_subscription_line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "name": line.name,
                            "price_unit": line.value,
                            "tax_ids": [taxes],
                        }
                    )
                    for line in self.l10n_cl_product_ids
                ],
                **values,
            }
        )
        subscription.action_start_subscription()
        return subscription

    def _l10n_cl_pricelist(self):
        """A pricelist that gives a subscription its currency; prices are sent by the program."""
        currency, company = self.l10n_cl_currency_id, self.company_id
        same = [("currency_id", "=", currency.id), ("company_id", "=", company.id)]
        pricelists = self.env["product.pricelist"].sudo()
        values = {"name": currency.name, "currency_id": currency.id, "company_id": company.id}
        return pricelists.search(same, limit=1) or pricelists.create(values)
