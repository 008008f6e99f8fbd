from odoo import fields, models

from ...refused import Refused


class AccountPayment(models.Model):
    """A payment that a program sends; of several payers it is one record for each."""

    _name = "account.payment"
    _inherit = ["account.payment", "l10n_cl.uuid.mixin"]

    l10n_cl_method = fields.Char("Paid by", readonly=True, copy=False)

    _l10n_cl_told_once = models.UniqueIndex(
        "(company_id, l10n_cl_external_id, partner_id) WHERE l10n_cl_external_id IS NOT NULL",
        "A payment of this external_id is there already.",
    )


class Statement(models.Model):
    """A program's payment goes in; a payment for each payer comes out, never twice.

    Its document follows by the emission request, not here.
    """

    _inherit = "l10n_cl.statement"

    _l10n_cl_newest = models.Index("(company_id, create_date DESC NULLS LAST, id DESC)")

    def _l10n_cl_known_payment(self, external_id):
        """The payment that a program has sent before; None when it is new.

        Raises Refused when it was of other statements.
        """
        if not external_id:
            return None
        payments = self.env["account.payment"].search(
            [
                ("l10n_cl_external_id", "=", external_id),
                ("company_id", "=", self.env.company.id),
                ("state", "!=", "canceled"),
            ]
        )
        if payments and payments.l10n_cl_statement_ids != self:
            text = "A payment of this external_id is there already, of other statements."
            raise Refused("payment_differs", text, "payment.external_id")
        return payments or None

    def _l10n_cl_check_unpaid(self):
        if canceled := self.filtered(lambda statement: statement.state == "canceled"):
            text = f"Statement {canceled[0].uuid} was canceled: nothing is owed."
            raise Refused("canceled", text)
        if paid := self.filtered(lambda statement: statement.state not in ("pending", "expired")):
            text = f"Statement {paid[0].uuid} is paid already, or its payment is in process."
            raise Refused("already_paid", text)

    def _l10n_cl_pay(self, day, values):
        """Register a payment of these statements. values: of each account.payment."""
        paid_into = [("type", "in", ("bank", "cash")), ("company_id", "=", self.env.company.id)]
        journal = self.env["account.journal"].search(paid_into, limit=1)
        if not journal:
            text = "The company has no bank or cash journal to take payments."
            raise Refused("no_journal", text)
        payments = self.env["account.payment"]
        memo = " ".join(filter(None, [values["l10n_cl_method"], values["l10n_cl_external_id"]]))
        for statements in self.grouped(lambda s: s.partner_id.commercial_partner_id).values():
            payments |= statements._register_payment(journal, day, memo=memo)
        identifier = payments[:1].l10n_cl_uuid
        payments.write({**values, "l10n_cl_uuid": identifier})
        return payments

    def _l10n_cl_owed(self, day):
        """What may be sent as the amount of these: {currency: sum}, pesos of the day and UF."""
        return self._l10n_cl_amounts(sum(statement._owed_on(day) for statement in self))

    def _l10n_cl_amounts(self, in_pesos):
        """These pesos, and what the statements come to in their own currency."""
        pesos = self.company_id.currency_id
        owed = {pesos.name: in_pesos}
        if len(self.currency_id) == 1 and self.currency_id != pesos:
            owed[self.currency_id.name] = self.currency_id.round(sum(self.mapped("amount")))
        return owed
