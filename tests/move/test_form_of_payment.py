"""Cash is stated from what is known, never by accident: a cash invoice cannot be claimed."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.fields import Date

from ...sii import clock
from ..amounts.amounts_case import AmountsCase
from ..emission.emission_case import EmissionCase


class TestFormOfPayment(AmountsCase):
    def payment_of(self, **values):
        """FmaPago and FchVenc of an invoice with these."""
        move = self.emit(**values)
        return self.texts(move, "IdDoc/s:FmaPago"), self.texts(move, "IdDoc/s:FchVenc")

    def term(self, *lines):
        return self.env["account.payment.term"].create(
            {
                "name": "Condiciones",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 100 / len(lines), **line})
                    for line in lines
                ],
            }
        )

    def test_credit_unless_stated_otherwise(self):
        today = str(clock.today())
        for code in (33, 34):
            self.assertEqual(self.payment_of(code=code), (["2"], [today]))

    def made_before(self, **values):
        """A draft that was made nine days ago; Odoo writes its due date then."""
        move = self.draft(**values)
        before = Date.subtract(move.create_date.date(), days=9)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET create_date = %s, invoice_date_due = %s WHERE id = %s",
            [f"{before} 15:00:00", before, move.id],
        )
        move.invalidate_recordset()
        return move

    def test_a_draft_of_before_is_due_on_its_day(self):
        """Nobody typed the day on which it was made."""
        today = clock.today()
        for day in (False, today, Date.subtract(today, days=2)):
            with self.subTest(day=day):
                move = self.made_before(invoice_date=day)
                wizard = self.env["l10n_cl.emit"].create(
                    {"line_ids": [Command.create({"move_id": move.id})]}
                )
                self.assertEqual(wizard.line_ids.state, "ready")
                move.action_post()
                self.assertEqual(move.invoice_date_due, day or today)
                self.assertEqual(self.texts(move, "IdDoc/s:FchVenc"), [str(day or today)])

    def test_a_due_date_that_was_typed_before_the_date_is_refused(self):
        typed = Date.subtract(clock.today(), days=5)
        with self.assertRaisesRegex(UserError, "Due date: is before the invoice date"):
            self.payment_of(invoice_date_due=typed)
        late = self.made_before()
        late.invoice_date_due = typed
        with self.assertRaisesRegex(UserError, "Due date: is before the invoice date"):
            late.action_post()

    def test_the_immediate_term_is_cash(self):
        immediate = self.env.ref("account.account_payment_term_immediate")
        self.assertEqual(self.payment_of(invoice_payment_term_id=immediate.id), (["1"], []))
        self.customer.property_payment_term_id = self.term({"nb_days": 0})
        self.assertEqual(self.payment_of(), (["1"], []))

    def test_terms_that_give_time_are_credit(self):
        later = str(Date.add(clock.today(), days=30))
        self.assertEqual(
            self.payment_of(invoice_payment_term_id=self.term({"nb_days": 30}).id), (["2"], [later])
        )
        parts = self.term({"nb_days": 0}, {"nb_days": 30})
        self.assertEqual(self.payment_of(invoice_payment_term_id=parts.id), (["2"], [later]))

    def test_a_term_that_happens_to_end_today_is_credit(self):
        """The end of the month is today on its last day only."""
        term = self.term({"nb_days": 0, "delay_type": "days_after_end_of_month"})
        self.assertEqual(self.payment_of(invoice_payment_term_id=term.id)[0], ["2"])

    def test_means_of_payment(self):
        for means, form in (("EF", "1"), ("TC", "1"), ("PE", "1"), ("CH", "1")):
            self.assertEqual(self.payment_of(l10n_cl_means=means), ([form], []), means)
        for means in ("CF", "LT"):
            self.assertEqual(self.payment_of(l10n_cl_means=means)[0], ["2"], means)
        due = Date.add(clock.today(), days=10)
        self.assertEqual(
            self.payment_of(l10n_cl_means="PE", invoice_date_due=due), (["2"], [str(due)])
        )

    def test_what_is_typed_stands(self):
        for form in ("1", "2", "3"):
            self.assertEqual(self.payment_of(l10n_cl_payment=form, l10n_cl_means="EF")[0], [form])


class TestFormOfPaymentOfEmissions(EmissionCase):
    def form(self, move):
        return self.texts(move, "IdDoc/s:FmaPago")

    def test_paid_before_it_is_emitted(self):
        statement = self.statement(days=10)
        self.pay(statement)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(self.form(statement.move_id), ["1"])

    def test_emitted_unpaid(self):
        self.policy.write({"emit_at": "due_date", "emit_unpaid": True})
        statement = self.statement()
        self.run_requests()
        self.assertEqual(self.form(statement.move_id), ["2"])
