"""Money arrives or a date comes, and the document emits itself: once, or shows why not."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ...sii import clock
from .emission_case import EmissionCase


class TestEmission(EmissionCase):
    def test_paid_and_emitted(self):
        order = self.order()
        statement = order.l10n_cl_statement_ids
        self.assertEqual((statement.amount, statement.request_id.state), (35700, "waiting"))
        self.run_requests()
        self.assertEqual(statement.request_id.state, "waiting")
        self.pay(statement)
        self.assertEqual(statement.request_id.state, "ready")
        self.run_requests()
        move = statement.move_id
        self.assertEqual(statement.request_id.state, "done", statement.request_id.reason_text)
        self.assertEqual((move.l10n_latam_document_type_id.code, move.amount_total), ("33", 35700))
        self.assertEqual(move.invoice_line_ids.quantity, 3)
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_paid_twice_is_one_document(self):
        statement = self.order().l10n_cl_statement_ids
        self.pay(statement)
        with self.assertRaisesRegex(UserError, "paid already"):
            self.pay(statement)
        self.run_requests()
        self.run_requests()
        self.assertEqual(len(statement.order_id.invoice_ids), 1)

    def test_plan_takes_what_each_statement_covers(self):
        order = self.order(confirm=False)
        amounts = [10003, 10000, 15697]
        order.l10n_cl_statement_ids = [
            Command.create({"amount": amount, "due_date": clock.today()}) for amount in amounts
        ]
        order.action_confirm()
        self.assertEqual(len(order.l10n_cl_statement_ids), 3)
        self.pay(order.l10n_cl_statement_ids)
        self.run_requests()
        moves = order.l10n_cl_statement_ids.move_id
        self.assertEqual(sorted(moves.mapped("amount_total")), sorted(amounts))
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_no_mail_about_each_document(self):
        """It is the cron that makes it: its seller would get hundreds in an hour."""
        seller = new_test_user(
            self.env, "seller", "sales_team.group_sale_salesman,base.group_user", email="s@x.cl"
        )
        statement = self.statement(user_id=seller.id)
        self.pay(statement)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(statement.move_id.invoice_user_id, seller)
        domain = [("model", "=", "account.move"), ("res_id", "=", statement.move_id.id)]
        domain += [("message_type", "=", "user_notification")]
        self.assertFalse(self.env["mail.message"].sudo().search(domain))
