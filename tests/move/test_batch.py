"""A batch is many documents: one that cannot be emitted, for whatever reason, stops no other."""

from odoo import Command
from odoo.exceptions import UserError

from ...sii.clock import today
from ..amounts.amounts_case import AmountsCase


class TestMoveBatch(AmountsCase):
    def rounded(self, rounding="DOWN", strategy="add_invoice_line", price=1191):
        """A draft that pays in cash, in tens of pesos (Ley 20.956)."""
        account = self.company_data["default_account_revenue"].id
        cash = self.env["account.cash.rounding"].create(
            {
                "name": "10 pesos",
                "rounding": 10,
                "strategy": strategy,
                "rounding_method": rounding,
                "profit_account_id": account,
                "loss_account_id": account,
            }
        )
        return self.draft(lines=[{"price_unit": price}], invoice_cash_rounding_id=cash.id)

    def early_payment(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % a 7 días",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 7,
                "early_pay_discount_computation": "mixed",
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )
        return self.draft(invoice_payment_term_id=term.id)

    def test_what_is_no_line_of_the_document_has_its_sentence(self):
        for strategy in ("add_invoice_line", "biggest_tax"):
            for rounding in ("UP", "DOWN", "HALF-UP"):
                with self.subTest(strategy=strategy, rounding=rounding):
                    move = self.rounded(rounding, strategy)
                    with self.assertRaisesRegex(UserError, "Ley 20.956"):
                        move.action_post()
        with self.assertRaisesRegex(UserError, "early payment"):
            self.early_payment().action_post()

    def obstacles(self, move):
        return [each.text for each in move._l10n_cl_obstacles(move._l10n_cl_document())]

    def test_one_cause_has_one_sentence(self):
        """What it does to sums, totals and a second currency is not reported again."""
        uf = self.env.ref("l10n_cl.UF")
        uf.active = True
        uf.rate_ids.unlink()
        rate = {"currency_id": uf.id, "company_id": self.company.id, "name": today()}
        self.env["res.currency.rate"].create({**rate, "inverse_company_rate": 39876.54})
        spirits = {"tax_ids": (self.vat + self.tax(24, 31.5)).ids}
        made = [
            self.rounded("DOWN", strategy).invoice_cash_rounding_id
            for strategy in ("add_invoice_line", "biggest_tax")
        ]
        terms = self.early_payment().invoice_payment_term_id
        for currency, price in ((self.env.company.currency_id, 1333), (uf, 13.33)):
            lines = [{"price_unit": price}, {"price_unit": price / 2, **spirits}]
            lines.append({"price_unit": price / 3, "tax_ids": False})
            for cause, sentence in (
                *(({"invoice_cash_rounding_id": cash.id}, "Ley 20.956") for cash in made),
                ({"invoice_payment_term_id": terms.id}, "early payment"),
            ):
                with self.subTest(currency=currency.name, cause=cause):
                    move = self.draft(lines=lines, currency_id=currency.id, **cause)
                    (text,) = self.obstacles(move)
                    self.assertIn(sentence, text)
        (text,) = self.obstacles(self.draft(lines=[{"discount": 150}]))
        self.assertIn("discount of 150%", text)
        stray = self.vat.copy({"name": "Sin código", "l10n_cl_sii_code": 0, "amount": 7})
        (text,) = self.obstacles(self.draft(lines=[{"tax_ids": (self.vat + stray).ids}]))
        self.assertIn("no SII code", text)

    def test_other_errors_are_reported_with_it(self):
        move = self.rounded("DOWN", "biggest_tax")
        move.invoice_line_ids.name = "x" * 40 + "\n" + "y" * 1200
        message = "\n".join(self.obstacles(move))
        self.assertIn("Ley 20.956", message)
        self.assertIn("Line 1, description", message)

    def test_without_the_rounding_it_goes(self):
        move = self.rounded()
        move.invoice_cash_rounding_id = False
        move.action_post()
        self.assert_totals(move, MntNeto=1191, IVA=226, MntTotal=1417)
        self.assert_same_everywhere(move)

    def test_confirm_many_in_the_list(self):
        good, bad = self.draft() | self.draft(), self.rounded() | self.early_payment()
        bad |= self.draft(lines=[{"price_unit": -5}])
        wizards = self.env["validate.account.move"].with_context(active_model="account.move")
        action = wizards.with_context(active_ids=(bad | good).ids).create({}).validate_move()
        self.assertEqual(set(good.mapped("state")), {"posted"})
        self.assertEqual(set(bad.mapped("state")), {"draft"})
        message = action["params"]["message"]
        for text in ("Ley 20.956", "early payment"):
            self.assertIn(text, message)
        with (
            self.assertRaisesRegex(UserError, "(?s)Ley 20.956.*early payment"),
            self.cr.savepoint(),
        ):
            wizards.with_context(active_ids=bad.ids).create({}).validate_move()
        # all of them good: as Odoo does it
        more = self.draft() | self.draft()
        action = wizards.with_context(active_ids=more.ids).create({}).validate_move()
        self.assertEqual(action["type"], "ir.actions.act_window_close")
        self.assertEqual(set(more.mapped("state")), {"posted"})

    def test_emit_many(self):
        good, bad = self.draft(), self.rounded() | self.early_payment()
        wizard = self.env["l10n_cl.emit"].create(
            {"line_ids": [Command.create({"move_id": move.id}) for move in bad | good]}
        )
        self.assertEqual(wizard.line_ids.mapped("state"), ["blocked", "blocked", "ready"])
        wizard.action_emit()
        self.assertEqual((bad | good).mapped("state"), ["draft", "draft", "posted"])

    def test_posted_by_its_date(self):
        good, bad = self.draft(), self.rounded()
        (good | bad).write({"auto_post": "at_date", "invoice_date": today(), "date": today()})
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()
        self.assertEqual((good | bad).mapped("state"), ["posted", "draft"])
