from odoo import models
from odoo.exceptions import RedirectWarning, UserError

from .goods import answer_goods

_NO_SALE = ("refund", "validation")


def _waits(move):
    return move.state == "draft" and move._l10n_cl_is_emitted()


class PaymentTransaction(models.Model):
    """Invoices that Odoo confirms by itself when an online payment arrives: one that cannot be a
    tax document yet waits for a person as a draft. The payment is booked, its order confirmed."""

    _inherit = "payment.transaction"

    def _post_process(self):
        paid = self.filtered(lambda each: each.state == "done")
        # made before the money came; Odoo would confirm them whatever they lack
        paid._l10n_cl_confirm_drafts()
        result = super()._post_process()
        for transaction in paid.filtered(lambda each: each.operation not in _NO_SALE):
            transaction._l10n_cl_link_waiting()
        return result

    def _invoice_sale_orders(self):
        result = super()._invoice_sale_orders()
        self._l10n_cl_confirm_drafts()
        return result

    def _l10n_cl_confirm_drafts(self):
        """Confirm what can be; the others are taken off, so that nobody stumbles over them."""
        for transaction in self:
            for move in transaction.invoice_ids.filtered(_waits):
                if text := transaction._l10n_cl_confirm(move):
                    transaction.invoice_ids -= move
                    transaction._l10n_cl_call_about(move, text)

    def _l10n_cl_confirm(self, move):
        """The sentence on why it stays a draft; empty when it is confirmed."""
        policy = self.company_id.l10n_cl_emission_policy_id.sudo()
        answer_goods(move, move.l10n_cl_goods_travel or policy.goods_travel, policy)
        if not move.l10n_cl_goods_travel and move._l10n_cl_sells_goods():
            return move._l10n_cl_goods_text()
        try:
            with self.env.cr.savepoint():
                move.action_post()
        except (UserError, RedirectWarning) as error:
            return str(error.args[0])
        return ""

    def _l10n_cl_call_about(self, move, text):
        kind = self.env.ref("l10n_cl_sii.activity_emission")
        if kind in move.activity_ids.activity_type_id:
            return
        goods = move._l10n_cl_sells_goods() and not move.l10n_cl_goods_travel
        summary_text = (
            self.env._("Paid and not emitted: do its goods travel with it?")
            if goods
            else self.env._("Paid and not emitted: it cannot be a tax document yet")
        )
        person = move.company_id._l10n_cl_responsible(
            move.invoice_user_id, self.env.user, record=move
        )
        move.activity_schedule(
            "l10n_cl_sii.activity_emission", summary=summary_text, note=text, user_id=person.id
        )

    def _l10n_cl_link_waiting(self):
        """As Odoo links the invoice of an order: confirmed later, it is paid by this payment."""
        if "posted" in self.invoice_ids.mapped("state"):
            return
        waiting = self.sale_order_ids.invoice_ids.filtered(_waits)
        self.invoice_ids |= waiting
        self.payment_id.invoice_ids |= waiting
