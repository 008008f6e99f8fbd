from odoo import Command, fields, models

from ..base.today import today


class PaymentTransaction(models.Model):
    """An online payment pays what it was started for, and a refund gives it back."""

    _inherit = "payment.transaction"

    l10n_cl_statement_ids = fields.Many2many("l10n_cl.statement", string="Statements")

    def _create_payment(self, **extra_create_values):
        if self.operation == "refund":
            statements = self._l10n_cl_given_back()
        else:
            statements = self._l10n_cl_paid()
        values = {}
        if statements:
            # whoever runs this has a day of his own, and the UF a value of each
            commands = [Command.set(statements.ids)]
            values = {"l10n_cl_statement_ids": commands, "date": today(self.company_id)}
        return super()._create_payment(**values, **extra_create_values)

    def _l10n_cl_paid(self):
        """The statements it names, or the oldest that its orders owe and it pays wholly."""
        if self.l10n_cl_statement_ids:
            return self.l10n_cl_statement_ids
        owed = self.sale_order_ids.l10n_cl_statement_ids.filtered(
            lambda statement: statement.state in ("pending", "processing_payment", "expired")
        )
        paid, left, day = owed.browse(), self._l10n_cl_pesos(), today(self.company_id)
        for statement in owed.sorted("due_date"):
            pesos = statement._pesos_on(day)
            if pesos is None or pesos > left:
                break
            paid, left = paid + statement, left - pesos
        self._l10n_cl_call_about_rest(owed - paid, left)
        return paid

    def _l10n_cl_given_back(self):
        """All that the payment had paid, when all of it goes back."""
        source = self.source_transaction_id
        statements = source.payment_id.l10n_cl_statement_ids
        if not statements or -self.amount >= source.amount:
            return statements
        for order in statements.order_id:
            order.activity_schedule(
                "l10n_cl_sii.activity_emission",
                summary=self.env._("Part of a payment was paid back: %s", -self.amount),
                note=self.env._("Make the credit note of what was paid back."),
                user_id=order.company_id._l10n_cl_responsible(
                    order.user_id, self.env.user, record=order
                ).id,
            )
        return statements.browse()

    def _l10n_cl_pesos(self):
        company = self.company_id
        day = today(self.company_id)
        return self.currency_id._convert(self.amount, company.currency_id, company, day)

    def _l10n_cl_call_about_rest(self, owed, left):
        """Money that pays no statement wholly is reported, for nobody would look for it."""
        for order in owed.order_id if left else ():
            order.activity_schedule(
                "l10n_cl_sii.activity_emission",
                summary=self.env._("An online payment covers no whole statement: %s left", left),
                note=self.env._("Register the rest, or change the statements of this order."),
                user_id=order.company_id._l10n_cl_responsible(
                    order.user_id, self.env.user, record=order
                ).id,
            )

    def _set_pending(self, **kwargs):
        transactions = super()._set_pending(**kwargs)
        pending = transactions.sudo().l10n_cl_statement_ids
        pending.filtered(lambda s: s.state in ("pending", "expired"))._move_to("processing_payment")
        return transactions

    def _set_canceled(self, **kwargs):
        transactions = super()._set_canceled(**kwargs)
        transactions.sudo()._l10n_cl_release()
        return transactions

    def _set_error(self, *args, **kwargs):
        transactions = super()._set_error(*args, **kwargs)
        transactions.sudo()._l10n_cl_release()
        return transactions

    def _l10n_cl_release(self):
        """It did not arrive: what it was for is owed as before, unless another is under way."""
        statements = self.l10n_cl_statement_ids.filtered(lambda s: s.state == "processing_payment")
        under_way = self.search(
            [("l10n_cl_statement_ids", "in", statements.ids), ("state", "=", "pending")]
        )
        for statement in statements - under_way.l10n_cl_statement_ids:
            statement._move_to(statement._unpaid_state())
