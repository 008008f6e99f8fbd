"""A person pays and emits, splits an order into instalments, or asks for the document now."""

from odoo import Command
from odoo.exceptions import UserError

from ...sii import clock
from .emission_case import EmissionCase


class TestPayAndEmit(EmissionCase):
    def open(self, record):
        action = record.l10n_cl_action_pay_and_emit()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        wizard.journal_id = self.bank
        return wizard

    def test_order(self):
        wizard = self.open(self.order())
        self.assertEqual((wizard.amount, wizard.missing), (35700, ""))
        wizard.action_pay_and_emit()
        self.assertEqual(wizard.move_ids.l10n_cl_dte_state, "signed")
        self.assertIn(wizard.move_ids.name, wizard.outcome)
        self.assertEqual(wizard.action_print()["type"], "ir.actions.report")
        self.assert_emitted_once(wizard.statement_ids)

    def test_several_statements_of_one_buyer(self):
        statements = self.statement() + self.statement()
        wizard = self.open(statements)
        self.assertEqual(wizard.amount, 71400)
        self.assertLessEqual(statements, wizard.payable_ids)
        wizard.action_pay_and_emit()
        self.assertEqual(len(wizard.move_ids), 2)
        self.assertEqual(len(statements.payment_ids), 1)

    def test_draft_invoice(self):
        move = self.draft()
        wizard = self.open(move)
        self.assertEqual(wizard.amount, 1190)
        wizard.action_pay_and_emit()
        self.assertEqual(move.l10n_cl_dte_state, "signed")
        self.assertIn(move.payment_state, ("paid", "in_payment"))
        self.assertIn(move.name, wizard.outcome)
        with self.assertRaisesRegex(UserError, "confirmed already"):
            wizard.action_pay_and_emit()

    def test_nothing_is_kept_when_it_cannot_be_emitted(self):
        self.customer.street = False
        statement = self.statement()
        wizard = self.open(statement)
        self.assertIn("address", wizard.missing)
        with self.assertRaisesRegex(UserError, "address"), self.cr.savepoint():
            wizard.action_pay_and_emit()
        self.env.invalidate_all()
        self.assertEqual((statement.state, statement.request_id.state), ("pending", "waiting"))
        self.assertFalse(statement.payment_ids)

    def test_the_wizard_reports_a_missing_policy(self):
        self.company.l10n_cl_emission_policy_id = False
        wizard = self.open(self.statement())
        self.assertIn("policy", wizard.missing)
        with self.assertRaisesRegex(UserError, "policy"):
            wizard.action_pay_and_emit()

    def test_not_yet_due(self):
        self.policy.emit_at = "due_date"
        wizard = self.open(self.statement(days=10))
        wizard.action_pay_and_emit()
        self.assertFalse(wizard.move_ids)
        self.assertIn("Its due date", wizard.outcome)

    def test_buyers_are_not_mixed(self):
        other = self._create_customer(name="Otra Ltda.", vat="77888456-9")
        with self.assertRaisesRegex(UserError, "one buyer"):
            (self.statement() + self.statement(partner_id=other.id)).l10n_cl_action_pay_and_emit()

    def test_nothing_is_owed(self):
        order = self.order()
        self.pay(order.l10n_cl_statement_ids)
        with self.assertRaisesRegex(UserError, "Nothing of this order"):
            order.l10n_cl_action_pay_and_emit()

    def test_nothing_but_statements_invoices_such_an_order(self):
        order = self.order()
        wizard = self.env["sale.advance.payment.inv"].create(
            {"sale_order_ids": [Command.set(order.ids)], "advance_payment_method": "delivered"}
        )
        with self.assertRaisesRegex(UserError, "by its statements"):
            wizard.create_invoices()

    def test_asked_for_now_by_an_automated_action(self):
        order = self.order(l10n_cl_emit_document=False)
        action = self.env["ir.actions.server"].create(
            {
                "name": "Emitir",
                "model_id": self.env["ir.model"]._get_id("sale.order"),
                "state": "code",
                "code": "record.l10n_cl_emit()",
            }
        )
        for _time in range(2):
            action.with_context(active_model="sale.order", active_id=order.id).run()
            self.run_requests()
        statement = order.l10n_cl_statement_ids
        self.assert_emitted_once(statement)
        self.assertEqual(statement.state, "pending")


class TestPaymentPlan(EmissionCase):
    def plan(self, order, **values):
        wizard = self.env["l10n_cl.payment.plan"].create({"order_id": order.id, **values})
        wizard.action_make()
        return order.l10n_cl_statement_ids

    def test_instalments_come_to_the_order(self):
        for price, count in ((9999, 7), (10000, 12), (1, 3), (33333, 1)):
            order = self.order(price, confirm=False)
            statements = self.plan(order, count=count)
            self.assertEqual(sum(statements.mapped("amount")), order.amount_total)
            self.assertLess(max(statements.mapped("amount")) - min(statements.mapped("amount")), 12)

    def test_dates_at_the_end_of_a_month(self):
        order = self.order(confirm=False)
        statements = self.plan(order, first_date="2027-01-31")
        days = [str(day) for day in statements.mapped("due_date")]
        self.assertEqual(days, ["2027-01-31", "2027-02-28", "2027-03-31"])

    def test_each_is_emitted_to_the_peso(self):
        order = self.order(9999, confirm=False)
        statements = self.plan(order, count=7, first_date=clock.today())
        order.action_confirm()
        self.assertEqual(order.l10n_cl_plan_state, "up_to_date")
        self.pay(statements)
        self.run_requests()
        for statement in statements:
            self.assert_emitted_once(statement)
        self.assertEqual(order.l10n_cl_plan_state, "finished")
        self.run_crons()
        self.assert_accepted(statements.move_id)
        self.assertIn("1 of 7", statements[0].move_id.invoice_line_ids.name)

    def test_boletas(self):
        self.policy.document = "receipt"
        order = self.order(8765, confirm=False)
        statements = self.plan(order, count=11, first_date=clock.today())
        order.action_confirm()
        self.pay(statements)
        self.run_requests()
        for statement in statements:
            self.assert_emitted_once(statement)
        self.run_crons()
        self.assert_accepted(statements.move_id)

    def test_a_plan_takes_the_place_of_what_is_owed_but_not_of_what_is_paid(self):
        order = self.order()
        self.assertEqual(len(order.l10n_cl_statement_ids), 1)
        statements = self.plan(order, count=2)
        self.assertEqual(len(statements), 2)
        self.pay(statements[0])
        with self.assertRaisesRegex(UserError, "paid already"):
            self.plan(order, count=3)

    def test_what_cannot_be_a_plan(self):
        order = self.order(1, confirm=False)
        for count in (0, -1, 121, 5):
            with self.assertRaises(UserError):
                self.plan(order, count=count)
