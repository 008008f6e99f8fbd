from odoo import api, fields, models
from odoo.exceptions import UserError

from ..base.texts.values import dotted

LIVE = ("in_process", "paid")


class AccountPayment(models.Model):
    """What a payment pays is counted once, from the journal entry that posting it made.

    No amount that somebody writes later counts, and when the entry goes, so does what it paid.
    """

    _inherit = "account.payment"

    l10n_cl_statement_ids = fields.Many2many(
        "l10n_cl.statement",
        string="Statements",
        check_company=True,
        help="What it pays: each of them wholly. Its documents are emitted then.",
    )
    l10n_cl_counted = fields.Json(
        "Counted for statements",
        readonly=True,
        copy=False,
        help="Pesos of each statement that its entry covered when it was posted, by identifier.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._l10n_cl_check_created(vals_list)
        payments = super().create(vals_list)
        payments.sudo().l10n_cl_statement_ids._settle()
        return payments

    def write(self, vals):
        """Posted, cancelled, rejected, put back to draft: its state follows."""
        self._l10n_cl_check_people(vals)
        former = self.sudo().l10n_cl_statement_ids
        posting = vals.get("state") in LIVE
        if posting:
            self._l10n_cl_prepare()
        result = super().write(vals)
        if "state" in vals:
            self.sudo()._l10n_cl_count()
        if "state" in vals or "l10n_cl_statement_ids" in vals:
            (former | self.sudo().l10n_cl_statement_ids)._settle()
        return result

    def unlink(self):
        statements = self.sudo().l10n_cl_statement_ids
        result = super().unlink()
        statements._settle()
        return result

    def _l10n_cl_prepare(self):
        """Who pays statements waits for others who do, and leaves an entry in the books."""
        drafts = self.sudo().filtered(lambda each: each.state == "draft")
        for payment in drafts.filtered("l10n_cl_statement_ids"):
            payment.l10n_cl_statement_ids._wait_for_lock()
            if not payment.outstanding_account_id and not payment.move_id:
                account = payment._get_outstanding_account(payment.payment_type)
                payment.outstanding_account_id = account

    def _l10n_cl_count(self):
        """Write down what it covers, once its entry is posted; nothing while it is not.

        Raises UserError when a person posts less than its statements come to, or what is not of
        their buyer. What came online is counted as far as it goes.
        """
        for payment in self.filtered("l10n_cl_statement_ids"):
            if payment.state not in LIVE:
                payment.l10n_cl_counted = False
            elif payment.move_id.state == "posted" and not payment.l10n_cl_counted:
                payment.l10n_cl_counted = payment._l10n_cl_covered() or False

    def _l10n_cl_covered(self):
        """{identifier of a statement: pesos} of what its entry pays wholly, unpaid ones first."""
        if self.payment_type != "inbound":
            return {}
        statements = self.l10n_cl_statement_ids.sorted(lambda each: (each.state == "paid", each.id))
        online = self._l10n_cl_is_online()
        if not online:
            statements._check_not_canceled()
        self._l10n_cl_check_buyer(statements)
        money, covered = self._l10n_cl_money(), {}
        for statement in statements:
            owed = self._l10n_cl_owed(statement, online)
            if sum(covered.values()) + owed <= money:
                covered[str(statement.id)] = owed
        lacking = statements.filtered(
            lambda each: each.state != "paid" and str(each.id) not in covered
        )
        if lacking and online:
            self.payment_transaction_id._l10n_cl_call_about_rest(
                lacking, money - sum(covered.values())
            )
        elif lacking:
            unpaid = statements.filtered(lambda each: each.state != "paid")
            raise UserError(
                self.env._(
                    "The statements of this payment come to %(owed)s, not %(amount)s.",
                    owed=dotted(sum(self._l10n_cl_owed(each, online) for each in unpaid)),
                    amount=dotted(money),
                )
            )
        return covered

    def _l10n_cl_owed(self, statement, online):
        """Pesos that pay a statement: today, or on the day on which it was asked for online."""
        if statement.state == "paid" and statement.move_id.state == "posted":
            return int(abs(statement.move_id.amount_total_signed))
        owed = statement._owed_on(self.date)
        if not online:
            return owed
        asked = statement._pesos_owed(self.payment_transaction_id.create_date.date())
        return min(owed, owed if asked is None else asked)

    def _l10n_cl_check_buyer(self, statements):
        buyers = (statements.partner_id | statements.order_id.partner_id).commercial_partner_id
        other_company = statements.filtered(
            lambda each: each.company_id.root_id != self.company_id.root_id
        )
        if other_company or (
            not self._l10n_cl_is_online() and self.partner_id.commercial_partner_id not in buyers
        ):
            raise UserError(
                self.env._(
                    "This payment is of %(payer)s to %(company)s; %(statement)s is owed by "
                    "%(buyer)s to %(creditor)s.",
                    payer=self.partner_id.display_name or "-",
                    company=self.company_id.name,
                    statement=statements[:1].display_name,
                    buyer=statements[:1].partner_id.display_name,
                    creditor=statements[:1].company_id.name,
                )
            )

    def _l10n_cl_is_online(self):
        """Whether a provider really states that it took the money for these statements."""
        transaction = self.payment_transaction_id
        meant = transaction.l10n_cl_statement_ids | (
            transaction.sale_order_ids.l10n_cl_statement_ids
        )
        return transaction.state == "done" and self.l10n_cl_statement_ids <= meant

    def _l10n_cl_money(self):
        """Pesos that its posted entry received from the buyer: none without one."""
        move = self.move_id
        if move.state != "posted" or move.origin_payment_id != self:
            return 0
        liquidity, counterpart, _others = self._seek_for_lines()
        received = min(sum(liquidity.mapped("balance")), -sum(counterpart.mapped("balance")))
        return int(round(received))

    def _l10n_cl_is_money(self):
        """Whether it stands in the books: live, with its posted entry where it has one."""
        return self.state in LIVE and (not self.move_id or self.move_id.state == "posted")

    def _l10n_cl_covers(self, statement):
        """Whether it pays this statement: counted when it was posted, and still there."""
        counted = self.l10n_cl_counted or {}
        return str(statement.id) in counted and self._l10n_cl_money() >= sum(counted.values())
