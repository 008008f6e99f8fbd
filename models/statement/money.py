from odoo import models


def _pays(move):
    """A payment that is put back to draft stays matched, and pays nothing."""
    payment = move.origin_payment_id
    return payment._l10n_cl_is_money() if payment else move.state == "posted"


class Statement(models.Model):
    """Whether it is paid: what the payments and the invoice show, whichever moved last."""

    _inherit = "l10n_cl.statement"

    def _settle(self):
        """Set the state that the money gives; the same in any order, and when called twice."""
        for statement in self.sudo():
            day, was_paid = statement._paid_day(), statement.state == "paid"
            if day and not was_paid and not statement._is_annulled():
                statement._move_to("paid", paid_on=day)
                statement._withdraw_credit_note()
            elif not day and was_paid:
                statement._money_went_back()
            statement._reconcile()
            statement._call_if_paid_twice()

    def _paid_day(self):
        """The day of the payment that pays it, or None while it is owed.

        A payment covers each of its statements wholly, and so does a refund.
        """
        received, given_back = self._live_payments()
        if received or given_back:
            return min(received.mapped("date")) if len(received) > len(given_back) else None
        move = self.move_id
        if move.state != "posted" or move.payment_state not in ("in_payment", "paid"):
            return None
        lines = move._get_reconciled_amls()
        paying = lines.filtered(lambda line: _pays(line.move_id))
        return max(paying.mapped("date"), default=None)

    def _live_payments(self):
        """Payments received and given back that count."""
        live = self.payment_ids.filtered(lambda payment: payment._l10n_cl_is_money())
        received = live.filtered(lambda payment: payment.payment_type == "inbound")
        return received.filtered(lambda payment: payment._l10n_cl_covers(self)), live - received

    def _is_annulled(self):
        """Whether a credit note took its document back: it cannot be paid any more."""
        notes = self.move_id.reversal_move_ids.filtered(lambda note: note.state == "posted")
        return bool(self.move_id) and sum(notes.mapped("amount_total")) >= self.move_id.amount_total

    def _money_went_back(self):
        """Owed again; refunded when its document came out because it had been paid."""
        emitted_unpaid = self.request_id.policy_id.emit_unpaid
        if self.move_id.state == "posted" and not emitted_unpaid:
            self._move_to("refunded", paid_on=False)
            self._propose_credit_note()
        else:
            self._move_to(self._unpaid_state(), paid_on=False)

    def _reconcile(self):
        """Its document is paid by its payments."""
        if self.move_id.state != "posted":
            return
        received, _given_back = self._live_payments()
        lines = (received.move_id | self.move_id).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        for group in lines.grouped("account_id").values():
            if self.move_id in group.move_id and len(group) > 1:
                group.reconcile()

    def _call_if_paid_twice(self):
        """One document whatever was paid; what came beside it must be paid back by a person."""
        received, given_back = self._live_payments()
        self.activity_unlink(["l10n_cl_sii.activity_paid_twice"])
        if len(received) - len(given_back) > 1:
            self._l10n_cl_call(
                "l10n_cl_sii.activity_paid_twice",
                self.env._("%s is paid more than once", self.display_name),
                self.env._("Pay back what came twice; one document is emitted."),
                *(self.order_id.user_id, self.env.user),
            )


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """What paid an invoice was taken off it."""
        moves = (self.debit_move_id | self.credit_move_id).move_id
        statements = moves.sudo().l10n_cl_statement_id
        result = super().unlink()
        statements._settle()
        return result
