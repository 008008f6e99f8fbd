from odoo import models
from odoo.exceptions import UserError

from ..base.today import today

_UNPAID = ("pending", "expired")


class Statement(models.Model):
    """What was called off is no longer owed nor takes money, until its order is taken up again."""

    _inherit = "l10n_cl.statement"

    def _call_off(self):
        """No longer owed, as far as nobody has paid it and no document states that it is owed."""
        unpaid = self.filtered(lambda each: each.state in _UNPAID)
        unpaid.filtered(lambda each: each.move_id.state != "posted")._move_to("canceled")

    def _take_up_again(self):
        """Owed as before."""
        for statement in self.filtered(lambda each: each.state == "canceled"):
            statement._move_to(statement._unpaid_state())

    def _unpaid_state(self):
        """What it is while nobody pays it."""
        if self.order_id.state == "cancel":
            return "canceled"
        return "expired" if self.due_date < today(self.company_id) else "pending"

    def _check_not_canceled(self):
        if canceled := self.filtered(lambda each: each.state == "canceled"):
            raise UserError(
                self.env._(
                    "%s was cancelled: nothing is to be paid. Take its order up again first.",
                    canceled[:1].display_name,
                )
            )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _l10n_cl_order_changed(self):
        """What a cancelled order owed is no longer owed."""
        statements = self.sudo().l10n_cl_statement_ids
        gone = statements.filtered(lambda each: each.order_id.state == "cancel")
        gone._call_off()
        (statements - gone)._take_up_again()

    def _l10n_cl_cancel(self):
        """No longer owe what is unpaid. What was paid keeps its document, and the order with it."""
        for order in self:
            statements = order.l10n_cl_statement_ids
            statements._check_may_change_shown()
            if all(each.state in _UNPAID and not each.move_id for each in statements):
                order._action_cancel()
            else:
                statements._call_off()
