from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

from ...refused import Refused


class SaleOrder(models.Model):
    """What a program sold to a buyer."""

    _inherit = "sale.order"

    l10n_cl_payable = fields.Selection(
        [("single_payment_buyer", "Single payment")],
        "Sold by a program as",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    l10n_cl_currency_id = fields.Many2one(
        "res.currency", "Currency told by a program", readonly=True, copy=False
    )

    @api.depends("l10n_cl_currency_id")
    def _compute_currency_id(self):
        """A program sells in pesos or UF, whatever pricelist the buyer has."""
        result = super()._compute_currency_id()
        for order in self.filtered("l10n_cl_currency_id"):
            order.currency_id = order.l10n_cl_currency_id
        return result

    @api.model
    def _l10n_cl_create_payable(self, kind, buyer, currency, items, **values):
        """A draft order of what a program sells, VAT included in its prices.

        items: (product, name, value) of each line.
        """
        company = self.env.company
        # nobody is notified of each sale of a program
        return self.with_context(mail_auto_subscribe_no_notify=True).create(
            {
                "l10n_cl_payable": kind,
                "partner_id": buyer.id,
                "partner_invoice_id": buyer.id,
                "company_id": company.id,
                "l10n_cl_currency_id": currency.id,
                "order_line": [
                    Command.create(self._l10n_cl_line(company, *item)) for item in items
                ],
                **values,
            }
        )

    @api.model
    def _l10n_cl_line(self, company, product, name, value):
        return {
            "product_id": product.id,
            "name": name,
            "product_uom_qty": 1,
            "price_unit": value,
            "tax_ids": [Command.set(company._l10n_cl_gross_vat().ids)],
        }

    def _l10n_cl_owe(self, dues):
        """Statements of this order. dues: (amount, due date, lines, currency) of each; no lines:
        all of it."""
        self.ensure_one()
        return self.env["l10n_cl.statement"].create(
            [
                {
                    "order_id": self.id,
                    "amount": amount,
                    "currency_id": currency.id,
                    "due_date": due_date,
                    "line_ids": [Command.set(lines.ids)],
                }
                for amount, due_date, lines, currency in dues
            ]
        )

    def _l10n_cl_call_off(self, resource):
        """What is unpaid of it is owed no more. Raises Refused when another program sold it."""
        try:
            self._l10n_cl_cancel()
        except AccessError as refused:
            text = str(refused)
            raise Refused("not_permitted", text, f"{resource}.status") from refused

    def _l10n_cl_payable_reference(self):
        """How programs name what a statement is of: {"single_payment_buyer_id": ...}."""
        self.ensure_one()
        return {f"{self.l10n_cl_payable}_id": self.l10n_cl_uuid} if self.l10n_cl_payable else {}

    def _l10n_cl_links(self):
        """Where the buyer sees all of it, and pays what is owed first.

        The token in them is the permission.
        """
        self.ensure_one()
        unpaid = self.l10n_cl_statement_ids.filtered(
            lambda each: each.state in ("pending", "expired")
        )
        first, host = unpaid.sorted("due_date")[:1], self.get_base_url()
        return {
            "client_portal_url": f"{host}{self.get_portal_url()}",
            "payment_url": f"{host}{first.get_portal_url()}" if first else None,
        }
