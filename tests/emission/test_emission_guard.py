"""A statement is paid by money that stands in the books, in whatever order somebody writes (B4)."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError

from ...sii import clock
from ..access.guard_case import GuardCase


class TestMoneyIsPosted(GuardCase):
    def setUp(self):
        super().setUp()
        self.owed = self.statement()
        self.payments = self.env["account.payment"].with_user(self.people["billing"])

    def payment(self, amount=35700, **values):
        return self.payments.create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": amount,
                "journal_id": self.bank.id,
                **values,
            }
        )

    def named(self, amount=35700, **values):
        return self.payment(amount, l10n_cl_statement_ids=[Command.set(self.owed.ids)], **values)

    def assert_not_emitted(self):
        self.env.invalidate_all()
        self.run_requests()
        self.assertNotEqual(self.owed.state, "paid")
        self.assertFalse(self.owed.move_id)

    def refused(self, values, payment):
        with self.assertRaises(UserError):
            payment.write(values)

    def test_linked_after_posting(self):
        payment = self.payment(1)
        payment.action_post()
        self.refused({"l10n_cl_statement_ids": [Command.set(self.owed.ids)]}, payment)
        with self.assertRaises(AccessError):
            self.owed.with_user(self.people["billing"]).payment_ids = payment
        # even our own code counts what its entry allows
        payment.sudo().l10n_cl_statement_ids = self.owed
        self.assert_not_emitted()

    def test_made_as_paid(self):
        for state in ("paid", "in_process"):
            with self.assertRaises(UserError):
                self.named(1, state=state)
            unnamed = self.payment(1)
            unnamed.action_post()
            unnamed.sudo().state = state
            self.refused({"l10n_cl_statement_ids": [Command.set(self.owed.ids)]}, unnamed)
        payment = self.payments.with_context(default_state="paid").create(
            {"amount": 1, "l10n_cl_statement_ids": [Command.set(self.owed.ids)]}
        )
        self.assertEqual(payment.state, "draft")
        self.assert_not_emitted()

    def test_lowered_after_posting(self):
        payment = self.named()
        payment.action_post()
        other = self.payment(35700)
        other.action_post()
        changes = {
            "amount": 1,
            "state": "draft",
            "date": "2020-01-01",
            "currency_id": self.env.ref("base.USD").id,
            "partner_id": self.env.ref("base.main_partner").id,
            "payment_type": "outbound",
            "move_id": other.move_id.id,
            "journal_id": self.company_data["default_journal_cash"].id,
            "l10n_cl_counted": {},
            "l10n_cl_statement_ids": [Command.clear()],
        }
        for name, value in changes.items():
            with self.subTest(name):
                self.refused({name: value}, payment)
        self.run_requests()
        self.assert_emitted_once(self.owed)

    def test_state_and_amount_at_once(self):
        payment = self.named()
        self.refused({"state": "in_process", "amount": 1}, payment)
        free = self.payment(1)
        self.refused({"state": "paid", "l10n_cl_statement_ids": [Command.set(self.owed.ids)]}, free)
        self.assert_not_emitted()

    def test_less_of_it_than_is_owed(self):
        for values in ({"amount": 1}, {"amount": 35699}, {"amount": 0}):
            with self.assertRaises(UserError):
                self.named(**values).action_post()
        self.assert_not_emitted()

    def test_the_rest_is_written_off(self):
        """One peso into the bank, the rest into an account of expenses."""
        payment = self.named(
            1,
            write_off_line_vals=[
                {
                    "name": "x",
                    "account_id": self.company_data["default_account_expense"].id,
                    "partner_id": self.customer.id,
                    "currency_id": self.company.currency_id.id,
                    "amount_currency": 35699,
                    "balance": 35699,
                }
            ],
        )
        with self.assertRaises(UserError):
            payment.action_post()
        self.assert_not_emitted()

    def test_of_another_buyer(self):
        other = self._create_customer(vat="76192083-9", name="Otro")
        with self.assertRaisesRegex(UserError, "Otro"):
            self.named(partner_id=other.id).action_post()
        self.assert_not_emitted()

    def test_its_entry_goes_before_the_document_comes(self):
        for undo in (
            lambda payment: payment.move_id.button_draft(),
            lambda payment: payment.move_id.button_cancel(),
            lambda payment: payment.action_draft(),
            lambda payment: payment.action_cancel(),
        ):
            payment = self.named()
            payment.action_post()
            self.assertEqual(self.owed.state, "paid")
            undo(payment)
            self.assert_not_emitted()

    def test_its_entry_is_lowered_before_the_document_comes(self):
        payment = self.named()
        payment.action_post()
        lines = payment.move_id.line_ids
        for line in lines:
            line.with_context(check_move_validity=False).balance = 1 if line.balance > 0 else -1
        self.assert_not_emitted()

    def test_a_second_payment_of_one_peso_does_not_stay_for_the_first(self):
        first = self.named()
        first.action_post()
        second = self.named(1)
        second.action_post()
        first.action_cancel()
        self.assert_not_emitted()

    def test_online_payments_are_the_providers(self):
        transactions = self.env["payment.transaction"].with_user(self.people["billing"])
        provider = self.env["payment.provider"].sudo().create({"name": "x", "code": "none"})
        values = {
            "provider_id": provider.id,
            "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
            "reference": "X-1",
            "amount": 1,
            "currency_id": self.company.currency_id.id,
            "partner_id": self.customer.id,
        }
        for of_it in (
            {"l10n_cl_statement_ids": [Command.set(self.owed.ids)]},
            {"sale_order_ids": [Command.set(self.owed.order_id.ids)]},
        ):
            with self.assertRaises(AccessError):
                transactions.create({**values, **of_it, "state": "done"})
        transaction = transactions.sudo().create(values).with_user(self.people["billing"])
        for of_it in (
            {"l10n_cl_statement_ids": [Command.set(self.owed.ids)]},
            {"sale_order_ids": [Command.set(self.owed.order_id.ids)]},
        ):
            with self.assertRaises(AccessError):
                transaction.write(of_it)
        payment = self.named(1)
        self.refused({"payment_transaction_id": transaction.id}, payment)
        with self.assertRaises(UserError):
            self.named(1, payment_transaction_id=transaction.id)
        self.assert_not_emitted()

    def test_an_invoice_is_not_written_paid(self):
        self.policy.write({"emit_at": "due_date", "emit_unpaid": True})
        owed = self.statement()
        self.run_requests()
        for name, value in {"payment_state": "paid", "amount_residual": 0}.items():
            with self.assertRaises(AccessError):
                owed.move_id.with_user(self.people["billing"]).write({name: value})
        owed._settle()
        self.assertNotEqual(owed.state, "paid")

    def test_what_was_paid_before_the_upgrade_stays_paid(self):
        payment = self.named()
        payment.action_post()
        document = self.accepted().l10n_cl_dte_id
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_payment SET l10n_cl_counted = NULL")
        self.env.cr.execute("UPDATE l10n_cl_dte SET receiver_id = NULL")
        file = Path(__file__).parents[2] / "migrations" / "19.0.1.1.0" / "post-guards.py"
        spec = spec_from_file_location("post_guards", file)
        migration = module_from_spec(spec)
        spec.loader.exec_module(migration)
        migration.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(document.receiver_id, self.customer)
        self.owed._settle()
        self.assertEqual(self.owed.state, "paid")

    def test_what_people_do_still_pays(self):
        payment = self.named()
        payment.action_post()
        payment.action_draft()
        payment.amount = 35701
        payment.action_post()
        self.assertEqual((self.owed.state, self.owed.paid_on), ("paid", clock.today()))
        self.run_requests()
        self.assert_emitted_once(self.owed)
