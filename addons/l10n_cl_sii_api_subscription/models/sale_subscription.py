from odoo import models
from odoo.addons.l10n_cl_sii.models.statement.statement import CLOSED


class SaleSubscription(models.Model):
    """A buyer of a program's subscription."""

    _inherit = "sale.subscription"

    def _l10n_cl_prepare_order(self, due):
        values = super()._l10n_cl_prepare_order(due)
        if currency := self.template_id.l10n_cl_currency_id:
            values["l10n_cl_currency_id"] = currency.id
        return values

    def _l10n_cl_give_invoice_information(self, data):
        """Change the tax data of what is not emitted yet, and of what is to come."""
        self.ensure_one()
        known = self.partner_invoice_id._l10n_cl_known_information()
        contact = self.partner_id._l10n_cl_tax_contact({**known, **data})
        self.partner_invoice_id = contact
        unemitted = self.l10n_cl_statement_ids.filtered(lambda each: not each.move_id)
        unemitted.order_id.partner_invoice_id = contact

    def _l10n_cl_write_transport(self, given):
        """That goods do not travel holds for every period, how they do for those owed now.

        given: see the same method of statements.
        """
        if given is None:
            return
        self.l10n_cl_goods_travel = "no" if given["goods_travel"] == "no" else False
        unemitted = self.l10n_cl_statement_ids.filtered(lambda each: not each.move_id)
        unemitted.order_id.l10n_cl_goods_travel = self.l10n_cl_goods_travel
        unemitted._l10n_cl_write_transport(given)

    def _l10n_cl_owed_statements(self):
        """What it owed and owes, oldest first, without what was called off."""
        owed = self.l10n_cl_statement_ids.filtered(lambda each: each.order_id.state != "cancel")
        return owed.sorted("due_date")

    def _l10n_cl_links(self):
        """Where the buyer sees and pays what is to be paid first."""
        owed = self._l10n_cl_owed_statements()
        unpaid = owed.filtered(lambda each: each.state not in CLOSED)
        statement = (unpaid or owed[-1:])[:1]
        if not statement:
            return {"client_portal_url": None, "payment_url": None}
        return statement.order_id._l10n_cl_links()
