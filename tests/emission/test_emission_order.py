"""Payment and due date in any order: one document, where the policy wants it."""

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import UserError

from ...sii import clock
from .emission_case import EmissionCase


class TestEmissionOrder(EmissionCase):
    def after(self, days):
        """So many days later."""
        return freeze_time(fields.Datetime.add(fields.Datetime.now(), days=days))

    def test_paid_before_the_due_date_emits_at_once(self):
        statement = self.statement(days=5)
        self.pay(statement)
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_paid_before_the_due_date_waits_for_it_under_such_a_policy(self):
        self.policy.emit_at = "due_date"
        statement = self.statement(days=5)
        self.pay(statement)
        self.run_requests()
        request = statement.request_id
        self.assertEqual((request.state, request.waits_for), ("waiting", "Its due date."))
        with self.after(5):
            self.run_requests()
            self.assert_emitted_once(statement)
            self.run_requests()
            self.assert_emitted_once(statement)

    def test_paid_after_the_due_date(self):
        for emit_at in ("payment", "due_date"):
            with self.subTest(emit_at):
                self.policy.emit_at = emit_at
                statement = self.statement(days=-3)
                self.run_requests()
                request = statement.request_id
                self.assertEqual((statement.state, request.state), ("expired", "waiting"))
                if emit_at == "due_date":
                    self.assertIn("due and unpaid", request.waits_for)
                self.pay(statement)
                self.run_requests()
                self.assert_emitted_once(statement)

    def test_due_and_unpaid_emits_under_such_a_policy(self):
        self.policy.write({"emit_at": "due_date", "emit_unpaid": True})
        statement = self.statement()
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(
            (statement.state, statement.move_id.payment_state), ("pending", "not_paid")
        )
        self.pay(statement)
        self.assertEqual(statement.state, "paid")
        self.assertIn(statement.move_id.payment_state, ("paid", "in_payment"))
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_overdue_and_unpaid_is_due_on_the_day_of_its_document(self):
        """The scheduled action did not run for some days."""
        self.policy.write({"emit_at": "due_date", "emit_unpaid": True})
        statement = self.statement(days=-3)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(statement.state, "expired")
        self.assertEqual(statement.move_id.invoice_date_due, clock.today())

    def test_the_due_date_moves(self):
        self.policy.write({"emit_at": "due_date", "emit_unpaid": True})
        statement = self.statement(days=9)
        self.run_requests()
        self.assertEqual(statement.request_id.state, "waiting")
        statement.due_date = clock.today()
        self.run_requests()
        self.assert_emitted_once(statement)

    def test_an_expired_statement_gets_more_time(self):
        statement = self.statement(days=-1)
        self.run_requests()
        self.assertEqual(statement.state, "expired")
        statement.due_date = clock.today()
        self.assertEqual(statement.state, "pending")

    def test_many_are_emitted_in_the_order_of_their_payments(self):
        statements = self.env["l10n_cl.statement"].concat(*(self.statement() for _one in range(4)))
        paid = statements[2] + statements[0] + statements[3] + statements[1]
        for statement in paid:
            self.pay(statement)
        self.run_requests()
        folios = [statement.move_id.l10n_cl_dte_id.folio for statement in paid]
        self.assertEqual(folios, sorted(folios))

    def test_one_that_was_parked_goes_before_those_paid_later(self):
        self.customer.street = False
        first, second = self.statement(), self.statement()
        self.pay(first)
        self.run_requests()
        self.pay(second)
        self.customer.street = "Los Leones 55"
        self.run_requests()
        folios = [each.move_id.l10n_cl_dte_id.folio for each in (first, second)]
        self.assertEqual(folios, sorted(folios))

    def test_the_sii_is_down_for_a_day(self):
        """Documents are signed and wait; afterwards each arrives once, in order."""
        for operation in ("seed", "token", "upload"):
            self.sii.add_to_script({"on": operation, "do": "503", "times": 1000})
        statements = [self.statement() for _one in range(3)]
        for statement in statements:
            self.pay(statement)
            self.run_requests()
            self.run_crons()
        moves = [statement.move_id for statement in statements]
        self.assertEqual({move.l10n_cl_dte_state for move in moves}, {"signed"})
        self.assertFalse(self.sii.envelopes())
        self.sii.clear_script()
        self.run_crons("cron_ping", "cron_send", "cron_poll")
        self.run_crons()
        self.assertEqual({move.l10n_cl_dte_state for move in moves}, {"accepted"})
        tracks = [move.l10n_cl_dte_id.envio_id.track_id for move in moves]
        self.assertEqual(tracks, sorted(tracks))
        for statement in statements:
            self.assert_emitted_once(statement)
            self.assertEqual(len(self.held(statement.move_id)), 1)

    def test_switched_on_is_from_now_on(self):
        """Whichever order the rest comes in; what was paid while it was on is emitted."""
        order = self.order(l10n_cl_emit_document=False, confirm=False)
        amounts = (10000, 10000, 15700)
        order.l10n_cl_statement_ids = [
            Command.create({"amount": amount, "currency_id": order.currency_id.id})
            for amount in amounts
        ]
        order.action_confirm()
        before, while_on, after = order.l10n_cl_statement_ids
        self.pay(before)
        order.l10n_cl_emit_document = True
        self.assertEqual(before.request_id.state, "cancelled")
        self.assertIn("Paid while", before.request_id.event_ids[-1:].text)
        self.pay(while_on)
        order.l10n_cl_emit_document = False
        self.pay(after)
        order.l10n_cl_emit_document = True
        self.run_requests()
        states = order.l10n_cl_statement_ids.request_id.mapped("state")
        self.assertEqual(states, ["cancelled", "done", "cancelled"])
        before.request_id.action_retry()
        self.run_requests()
        self.assert_emitted_once(before)

    def test_what_a_cancelled_order_owes_takes_no_money(self):
        for days, state in ((0, "pending"), (-2, "expired")):
            statement = self.statement(days=days)
            self.run_requests()
            self.assertEqual(statement.state, state)
            order = statement.order_id
            order._action_cancel()
            self.assertEqual((statement.state, order.l10n_cl_plan_state), ("canceled",) * 2)
            self.assertTrue(statement._portal_obstacle())
            with self.assertRaisesRegex(UserError, "cancelled"):
                self.pay(statement)
            payment = self.env["account.payment"].create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": statement.partner_id.id,
                    "amount": statement.amount,
                    "journal_id": self.bank.id,
                    "l10n_cl_statement_ids": [Command.set(statement.ids)],
                }
            )
            with self.assertRaisesRegex(UserError, "cancelled"):
                payment.action_post()
            self.assertEqual(
                (statement.state, statement.request_id.state), ("canceled", "cancelled")
            )
            order.action_draft()
            order.action_confirm()
            self.assertEqual(statement.state, state)
            self.pay(statement)
            self.run_requests()
            self.assert_emitted_once(statement)
