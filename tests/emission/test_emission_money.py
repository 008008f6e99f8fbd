"""Whether a statement is paid follows the money, whichever way it comes or goes back."""

from odoo import Command
from odoo.exceptions import AccessError, UserError

from ...sii import clock
from .emission_case import EmissionCase


class TestEmissionMoney(EmissionCase):
    def payment(self, statements, amount=35700):
        """A payment as an accountant writes it, naming what it pays."""
        return self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": amount,
                "journal_id": self.bank.id,
                "l10n_cl_statement_ids": [Command.set(statements.ids)],
            }
        )

    def bank_line(self, amount=35700):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "partner_id": self.customer.id,
                "date": clock.today(),
                "amount": amount,
                "payment_ref": "TRANSFERENCIA",
            }
        )

    def match(self, line, counterpart):
        """What any reconciliation screen does: the suspense line becomes the counterpart."""
        _liquidity, suspense, _others = line._seek_for_lines()
        suspense.account_id = counterpart.account_id
        (suspense + counterpart).reconcile()

    def receivable(self, move):
        return move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def emitted_unpaid(self):
        self.policy.write({"emit_at": "due_date", "emit_unpaid": True})
        statement = self.statement()
        self.run_requests()
        self.assert_emitted_once(statement)
        return statement

    def test_a_payment_that_names_its_statements(self):
        statements = self.statement() + self.statement()
        payment = self.payment(statements, 71400)
        self.assertEqual(set(statements.mapped("state")), {"pending"})
        payment.action_post()
        self.run_requests()
        for statement in statements:
            self.assert_emitted_once(statement)
            self.assertIn(statement.move_id.payment_state, ("paid", "in_payment"))

    def test_it_pays_them_wholly_or_is_refused(self):
        statement = self.statement()
        with self.assertRaisesRegex(UserError, "35.700"):
            self.payment(statement, 35699).action_post()
        self.assertEqual(statement.state, "pending")

    def test_cancelled_before_the_document_and_paid_again(self):
        statement = self.statement()
        payment = self.pay(statement)
        payment.action_cancel()
        self.assertEqual((statement.state, statement.request_id.state), ("pending", "waiting"))
        self.assertFalse(statement.paid_on)
        self.run_requests()
        self.assertFalse(statement.move_id)
        self.pay(statement)
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_reversed_after_the_document_and_paid_again(self):
        for undo in ("action_draft", "action_cancel"):
            with self.subTest(undo):
                statement = self.statement()
                payment = self.pay(statement)
                self.run_requests()
                getattr(payment, undo)()
                note = statement.move_id.reversal_move_ids
                self.assertEqual((statement.state, note.state), ("refunded", "draft"))
                self.assertTrue(note.activity_ids)
                if undo == "action_cancel":
                    payment.action_draft()
                payment.action_post()
                self.assertEqual(statement.state, "paid")
                self.assertFalse(note.exists())
                self.run_requests()
                self.assert_emitted_once(statement)

    def test_a_posted_credit_note_ends_it(self):
        statement = self.statement()
        payment = self.pay(statement)
        self.run_requests()
        payment.action_draft()
        note = statement.move_id.reversal_move_ids
        note.action_post()
        payment.action_post()
        self.assertEqual(statement.state, "refunded")
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_two_payments_of_one_statement(self):
        statement = self.statement()
        first, second = self.payment(statement), self.payment(statement)
        (first + second).action_post()
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertIn("more than once", statement.activity_ids.summary)
        second.action_cancel()
        self.assertEqual(statement.state, "paid")
        self.assertFalse(statement.activity_ids)

    def test_a_deleted_payment(self):
        statement = self.statement()
        payment = self.pay(statement)
        payment.action_draft()
        payment.unlink()
        self.assertEqual(statement.state, "pending")

    def test_a_line_of_the_bank_pays_the_document(self):
        statement = self.emitted_unpaid()
        line = self.bank_line()
        self.match(line, self.receivable(statement.move_id))
        self.assertEqual((statement.state, statement.paid_on), ("paid", line.date))
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_a_line_of_the_bank_taken_off_again(self):
        statement = self.emitted_unpaid()
        self.match(self.bank_line(), self.receivable(statement.move_id))
        self.receivable(statement.move_id).remove_move_reconcile()
        self.assertEqual(statement.state, "pending")
        self.assertFalse(statement.move_id.reversal_move_ids)

    def test_a_line_of_the_bank_matched_with_the_receipt(self):
        statement = self.statement()
        payment = self.pay(statement)
        self.run_requests()
        outstanding, _receivable, _others = payment._seek_for_lines()
        self.match(self.bank_line(), outstanding)
        self.assertEqual((payment.state, statement.state), ("paid", "paid"))
        self.assert_emitted_once(statement)

    def test_the_invoices_own_payment(self):
        statement = self.emitted_unpaid()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=statement.move_id.ids
        )
        register.create({"journal_id": self.bank.id})._create_payments()
        self.assertEqual(statement.state, "paid")

    def test_nobody_writes_that_it_is_paid(self):
        statement = self.statement()
        for values in ({"state": "paid"}, {"paid_on": clock.today()}):
            with self.assertRaises(AccessError):
                statement.write(values)

    def test_what_is_settled_stays(self):
        statement = self.statement()
        self.pay(statement)
        for change in (lambda: statement.write({"amount": 1}), statement.unlink):
            with self.assertRaisesRegex(UserError, "paid already"):
                change()

    def test_what_has_its_document_stays(self):
        statement = self.emitted_unpaid()
        with self.assertRaisesRegex(UserError, "make a credit note"):
            statement.amount = 1

    def test_a_statement_that_is_not_owed_any_more(self):
        statement = self.statement()
        request = statement.request_id
        statement.unlink()
        self.assertFalse(request.exists())
