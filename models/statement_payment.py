from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..sii import clock


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    def _register_payment(self, journal, day=None, amount=None, memo=""):
        """A payment of these statements of one buyer in one sum (account.payment, posted).

        amount: what was paid, pesos; it must be what they owe. Raises UserError otherwise, and
        when one of them is paid already. Concurrent payments of one statement wait for each
        other, and the second is told.
        """
        day = day or clock.today()
        self._wait_for_lock()
        self._check_payable()
        owed = sum(statement._owed_on(day) for statement in self)
        if amount is not None and amount != owed:
            raise UserError(
                self.env._("The amount is %(owed)s, not %(amount)s.", owed=owed, amount=amount)
            )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.partner_id.commercial_partner_id.id,
                "amount": owed,
                "currency_id": self.company_id.currency_id.id,
                "date": day,
                "journal_id": journal.id,
                "memo": memo or ", ".join(self.mapped("display_name")),
                "l10n_cl_statement_ids": [(6, 0, self.ids)],
            }
        )
        payment.action_post()
        return payment

    def _wait_for_lock(self):
        """Behind another payment of the same statements; what it changed is then read anew.

        When it did change them, PostgreSQL refuses (40001) and Odoo runs the request again.
        """
        self.env.cr.execute(
            SQL("SELECT id FROM l10n_cl_statement WHERE id = ANY(%s) FOR UPDATE", self.ids)
        )

    def _check_payable(self):
        if not self:
            raise UserError(self.env._("Choose what is paid."))
        if len(self.partner_id.commercial_partner_id) > 1 or len(self.company_id) > 1:
            raise UserError(self.env._("One payment is of one buyer to one company."))
        if paid := self.filtered(lambda s: s.state not in ("pending", "expired")):
            raise UserError(self.env._("%s is paid already.", paid[:1].display_name))

    def _owed_on(self, day):
        """Pesos owed on a day. Raises UserError when the day has no rate."""
        pesos = self._pesos_on(day)
        if pesos is None:
            raise UserError(
                self.env._(
                    "%(currency)s has no rate on %(day)s: load it under Currencies.",
                    currency=self.currency_id.name,
                    day=day,
                )
            )
        return pesos


class AccountPayment(models.Model):
    _inherit = "account.payment"

    l10n_cl_statement_ids = fields.Many2many("l10n_cl.statement", string="Statements")

    def action_post(self):
        result = super().action_post()
        self._l10n_cl_settle()
        return result

    def _l10n_cl_settle(self):
        """Money arrived: its statements are paid, which wakes their emission."""
        for payment in self.sudo().filtered("l10n_cl_statement_ids"):
            payment.l10n_cl_statement_ids._move_to("paid", paid_on=payment.date)

    def action_cancel(self):
        result = super().action_cancel()
        self._l10n_cl_reverse()
        return result

    def action_draft(self):
        result = super().action_draft()
        self._l10n_cl_reverse()
        return result

    def _l10n_cl_reverse(self):
        """The money went back: what it had paid is owed again, or refunded when invoiced."""
        for statement in self.sudo().l10n_cl_statement_ids.filtered(lambda s: s.state == "paid"):
            if statement.move_id.state == "posted":
                statement._move_to("refunded", paid_on=False)
                statement._propose_credit_note()
            else:
                statement._move_to("pending", paid_on=False)


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    l10n_cl_statement_ids = fields.Many2many("l10n_cl.statement", string="Statements")

    def _create_payment(self, **extra_create_values):
        """The payment of an online transaction pays what the transaction was started for."""
        statements = self._l10n_cl_statements()
        values = {"l10n_cl_statement_ids": [(6, 0, statements.ids)]} if statements else {}
        return super()._create_payment(**values, **extra_create_values)

    def _l10n_cl_statements(self):
        """What it pays: the statements it names, or all that its orders owe."""
        if self.l10n_cl_statement_ids:
            return self.l10n_cl_statement_ids
        owed = self.sale_order_ids.l10n_cl_statement_ids.filtered(
            lambda statement: statement.state in ("pending", "processing_payment", "expired")
        )
        pesos = [statement._pesos_on(clock.today()) for statement in owed]
        covered = None not in pesos and sum(pesos) <= self.amount
        return owed if covered else owed.browse()

    def _set_pending(self, **kwargs):
        transactions = super()._set_pending(**kwargs)
        pending = transactions.sudo().l10n_cl_statement_ids
        pending.filtered(lambda s: s.state in ("pending", "expired"))._move_to("processing_payment")
        return transactions

    @api.model
    def _l10n_cl_release(self, statements):
        """A payment that was under way did not arrive: it is owed as before."""
        statements.filtered(lambda s: s.state == "processing_payment")._move_to("pending")

    def _set_canceled(self, **kwargs):
        transactions = super()._set_canceled(**kwargs)
        self._l10n_cl_release(transactions.sudo().l10n_cl_statement_ids)
        return transactions

    def _set_error(self, *args, **kwargs):
        transactions = super()._set_error(*args, **kwargs)
        self._l10n_cl_release(transactions.sudo().l10n_cl_statement_ids)
        return transactions
