from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..base.texts.values import dotted
from ..base.today import today


class Statement(models.Model):
    """A payment that somebody registers, or a program reports."""

    _inherit = "l10n_cl.statement"

    def _register_payment(self, journal, day=None, amount=None, memo=""):
        """A payment of these statements of one buyer in one sum (account.payment, posted).

        amount: what was paid, pesos; it must be what they owe. Raises UserError otherwise, and
        when one of them is paid already. Concurrent payments of one statement wait for each
        other, and the second gets an error.
        """
        day = day or today(self.company_id[:1])
        self._wait_for_lock()
        self._check_payable()
        owed = sum(statement._owed_on(day) for statement in self)
        if amount is not None and amount != owed:
            raise UserError(
                self.env._(
                    "The amount is %(owed)s, not %(amount)s.",
                    owed=dotted(owed),
                    amount=dotted(amount),
                )
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
        if under_way := self.filtered(lambda s: s.state == "processing_payment"):
            name = under_way[:1].display_name
            raise UserError(self.env._("A payment of %s is under way already.", name))
        self._check_not_canceled()
        if paid := self.filtered(lambda s: s.state not in ("pending", "expired")):
            raise UserError(self.env._("%s is paid already.", paid[:1].display_name))

    def _pesos_owed(self, day):
        """Pesos owed on a day, None without a rate; what has its document owes what that states."""
        if self.move_id.state == "posted":
            return int(self.move_id.amount_residual)
        return self._pesos_on(day)

    def _owed_on(self, day):
        """The same. Raises UserError when the day has no rate."""
        pesos = self._pesos_owed(day)
        if pesos is None:
            raise UserError(
                self.env._(
                    "%(currency)s has no rate on %(day)s: load it under Currencies.",
                    currency=self.currency_id.name,
                    day=day,
                )
            )
        return pesos
