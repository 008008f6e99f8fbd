"""A batch is many documents: one that cannot be emitted, for whatever reason, stops no other."""

from odoo import Command
from odoo.exceptions import UserError

from ..sii.clock import today
from .amounts_case import AmountsCase


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
        said = action["params"]["message"]
        for text in ("Ley 20.956", "early payment"):
            self.assertIn(text, said)
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
