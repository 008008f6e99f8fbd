"""Money arrives or a date comes, and the document emits itself: once, or says why not."""

from odoo import Command
from odoo.exceptions import UserError

from ..sii import clock
from .common import SiiCase


class EmissionCase(SiiCase):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("sales_team.group_sale_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["l10n_cl.emission.policy"].create({"company_id": cls.company.id})
        cls.company.l10n_cl_emission_policy_id = cls.policy
        cls.bank = cls.company_data["default_journal_bank"]
        cls.customer.l10n_cl_business_name = cls.customer.name

    def order(self, price=10000, confirm=True, **values):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "l10n_cl_emit_document": True,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.cable.id,
                            "product_uom_qty": 3,
                            "price_unit": price,
                            "tax_ids": [Command.set(self.vat.ids)],
                        }
                    )
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def pay(self, statements, **values):
        return statements._register_payment(self.bank, **values)

    def run_requests(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_requests").method_direct_trigger()
        self.env.invalidate_all()


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

    def test_due_date(self):
        self.policy.emit_at = "due_date"
        statement = self.order(confirm=False)._l10n_cl_owe_all()
        statement.due_date = clock.today().replace(year=clock.today().year + 1)
        self.pay(statement)
        self.run_requests()
        self.assertEqual(statement.request_id.state, "waiting")

    def test_without_policy_it_is_parked_and_goes_on_when_there_is_one(self):
        self.company.l10n_cl_emission_policy_id = False
        statement = self.order().l10n_cl_statement_ids
        self.pay(statement)
        self.run_requests()
        request = statement.request_id
        self.assertEqual((request.state, request.reason_code), ("parked", "policy_missing"))
        self.assertTrue(request.activity_ids)
        self.company.l10n_cl_emission_policy_id = self.policy
        self.assertEqual(request.state, "ready")
        self.run_requests()
        self.assertEqual(request.state, "done")
        self.assertFalse(request.activity_ids)

    def test_incomplete_factura_is_parked_until_the_buyer_is_complete(self):
        self.customer.street = False
        statement = self.order().l10n_cl_statement_ids
        self.pay(statement)
        self.run_requests()
        request = statement.request_id
        self.assertEqual(
            (request.state, request.reason_code, request.reason_field),
            ("parked", "buyer_incomplete", "address"),
        )
        self.customer.street = "Los Leones 55"
        self.run_requests()
        self.assertEqual(request.state, "done")

    def test_wrong_rut(self):
        self.customer._l10n_cl_write_invoice_information({"rut": "76.123.456-7"})
        statement = self.order().l10n_cl_statement_ids
        self.pay(statement)
        self.run_requests()
        self.assertEqual(statement.request_id.reason_code, "rut_invalid")

    def test_pay_and_emit(self):
        order = self.order()
        action = order.l10n_cl_action_pay_and_emit()
        wizard = self.env["l10n_cl.pay.and.emit"].browse(action["res_id"])
        wizard.journal_id = self.bank
        self.assertEqual(wizard.amount, 35700)
        wizard.action_pay_and_emit()
        self.assertEqual(wizard.move_ids.l10n_cl_dte_state, "signed")
        self.assertIn(wizard.move_ids.name, wizard.outcome)
