"""Discounts and advances over lines with different taxes, as line discounts of their own taxes."""

from dataclasses import dataclass
from itertools import product

from odoo import Command
from odoo.exceptions import UserError

from ...models.amounts.given import given_to_rows
from .amounts_case import AmountsCase


@dataclass(frozen=True)
class _Row:
    amount: int
    codes: tuple
    adjusts: bool = False
    given: int = 0


class TestMoveGiven(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.beer = cls.vat + cls.tax(26, 20.5)
        cls.pisco = cls.vat + cls.tax(24, 31.5)

    def final(self, amount, method="fixed", lines=None):
        """The final invoice of an order of which something was paid in advance."""
        lines = lines or [(24, 1237, self.beer), (7, 2990, self.vat), (50, 7993, self.pisco)]
        self.cable.invoice_policy = "order"
        order = (
            self.env["sale.order"]
            .sudo()
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.cable.id,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                                "tax_ids": taxes.ids,
                            }
                        )
                        for quantity, price, taxes in lines
                    ],
                }
            )
        )
        order.action_confirm()
        wizard = (
            self.env["sale.advance.payment.inv"]
            .sudo()
            .with_context(active_model="sale.order", active_ids=order.ids)
        )
        name = "fixed_amount" if method == "fixed" else "amount"
        wizard.create(
            {
                "advance_payment_method": method,
                "sale_order_ids": [Command.set(order.ids)],
                name: amount,
            }
        ).create_invoices()
        advance = order.invoice_ids
        advance.action_post()
        wizard.create(
            {"advance_payment_method": "delivered", "sale_order_ids": [Command.set(order.ids)]}
        ).create_invoices()
        return order.invoice_ids - advance

    def emitted(self, move):
        move.action_post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assert_same_everywhere(move)
        return move

    def test_advance_of_a_fixed_amount(self):
        for amount in (50000, 123457, 1):
            move = self.emitted(self.final(amount))
            self.assertFalse(self.texts(move, "DscRcgGlobal/s:ValorDR"))
            given = sum(map(int, self.texts(move, "Detalle/s:DescuentoMonto")))
            taken = -sum(
                line.balance
                for line in move.invoice_line_ids
                if line.quantity > 0 and line.display_type == "product"
            )
            self.assertEqual(given, round(taken - abs(move.amount_untaxed_signed)))
            self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["1237", "2990", "7993"])

    def test_its_note_and_its_print(self):
        move = self.emitted(self.final(50000))
        printed = move._l10n_cl_printed_lines()
        items = [
            printed[line.id]
            for line in move.invoice_line_ids
            if line.quantity > 0 and line.display_type == "product"
        ]
        self.assertEqual(
            [str(each.amount) for each in items], self.texts(move, "Detalle/s:MontoItem")
        )
        content = (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.report_invoice", move.ids)[0]
            .decode()
        )
        self.assertIn("descontado en sus líneas", content)
        self.assertIn("Desc.", content)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "reason": "Por acuerdo"})
        )
        note = self.emitted(self.env["account.move"].browse(wizard.reverse_moves()["res_id"]))
        self.assertEqual(note.amount_total, move.amount_total)

    def test_an_amount_of_one_tax(self):
        move = self.emit(
            lines=[
                {"price_unit": 123457, "tax_ids": self.pisco.ids},
                {"price_unit": 76543},
                {"price_unit": 3, "quantity": 7},
                {"price_unit": -1001},
            ]
        )
        self.assertEqual(self.texts(move, "Detalle/s:DescuentoMonto"), ["1001"])
        self.assertEqual(self.texts(move, "Detalle/s:MontoItem"), ["123457", "75542", "21"])

    def test_a_percentage_stays_one(self):
        move = self.emitted(self.final(10, "percentage"))
        self.assertTrue(
            self.texts(move, "DscRcgGlobal/s:ValorDR")
            or self.texts(move, "Detalle/s:DescuentoMonto")
        )

    def test_a_percentage_of_the_sum_alone(self):
        """Ten percent of all, taken off one tax: no percentage of the document."""
        move = self.emit(
            lines=[
                {"price_unit": 10000, "tax_ids": self.pisco.ids},
                {"price_unit": 10000},
                {"name": "Descuento 10%", "price_unit": -2000},
            ]
        )
        self.assertEqual(self.texts(move, "Detalle/s:DescuentoMonto"), ["2000"])
        self.assertEqual(self.retained(move), [(24, 31.5, 3150)])

    def test_with_discounts_of_lines(self):
        move = self.emit(
            lines=[
                {"price_unit": 1999, "quantity": 3, "discount": 15, "tax_ids": self.pisco.ids},
                {"price_unit": 5000, "discount": 7},
                {"price_unit": -777},
                {"price_unit": -333, "tax_ids": self.pisco.ids},
            ]
        )
        self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["1999", "5000"])

    def test_more_than_its_lines_hold(self):
        move = self.draft(
            lines=[
                {"price_unit": 123457, "tax_ids": self.pisco.ids},
                {"price_unit": 1000},
                {"price_unit": -1001},
            ]
        )
        with self.assertRaisesRegex(UserError, "by a percentage"):
            move.action_post()

    def test_shares(self):
        """To the peso, never more than a row comes to, none for what nobody discounts."""
        for first, second, other, taken in product((1, 7, 999), (3, 1000), (5, 10**9), (1, 4, -2)):
            rows = [
                _Row(first, (24,)),
                _Row(other, ()),
                _Row(second, (24,)),
                _Row(-taken, (24,), adjusts=True),
            ]
            given = given_to_rows(rows)
            if given is rows:
                continue
            self.assertEqual(sum(row.given for row in given), taken)
            self.assertEqual(sum(row.amount for row in given), sum(row.amount for row in rows))
            self.assertEqual(given[1], rows[1])
            for before, after in zip(rows[:3], given[:3], strict=True):
                self.assertGreaterEqual(after.amount, 0)
                self.assertEqual(before.amount, after.amount + after.given)
