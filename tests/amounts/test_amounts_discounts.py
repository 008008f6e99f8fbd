"""Discounts and surcharges, of lines and of the document (PROTOCOL 5.5, 5.6)."""

from odoo import Command
from odoo.exceptions import UserError

from .amounts_case import AmountsCase


class TestAmountsDiscounts(AmountsCase):
    def test_percent_and_its_amount(self):
        move = self.emit(lines=[{"quantity": 4, "price_unit": 2500, "discount": 15}])
        self.assertEqual(self.texts(move, "Detalle/s:DescuentoPct"), ["15"])
        self.assertEqual(self.texts(move, "Detalle/s:DescuentoMonto"), ["1500"])

    def test_surcharge_is_a_negative_discount(self):
        move = self.emit(lines=[{"quantity": 2, "price_unit": 1000, "discount": -10}])
        self.assert_totals(move, MntNeto=2200, MntTotal=2618)
        self.assertEqual(self.texts(move, "Detalle/s:RecargoPct"), ["10"])
        self.assertEqual(self.texts(move, "Detalle/s:RecargoMonto"), ["200"])

    def test_global_discount_stated_in_percent(self):
        move = self.emit(lines=[{"price_unit": 3333}, {"name": "Descuento 7%", "price_unit": -233}])
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:TpoValor"), ["%"])
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["7"])

    def test_name_with_another_percentage(self):
        move = self.emit(lines=[{"price_unit": 3333}, {"name": "Descuento 7%", "price_unit": -300}])
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["300"])

    def test_taxed_and_exempt_apart(self):
        exempt = {"tax_ids": False}
        move = self.emit(
            lines=[
                {"price_unit": 1000},
                {"price_unit": 800, **exempt},
                {"name": "Dcto. afecto", "price_unit": -100},
                {"name": "Dcto. exento", "price_unit": -80, **exempt},
            ]
        )
        self.assert_totals(move, MntNeto=900, MntExe=720, IVA=171, MntTotal=1791)
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["100", "80"])
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:IndExeDR"), ["1"])

    def order(self, lines, **discount):
        """An invoice of an order, discounted by Odoo's wizard."""
        self.env.user.group_ids |= self.env.ref("sales_team.group_sale_manager")
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.cable.id, "price_unit": price, "tax_ids": taxes}
                    )
                    for price, taxes in lines
                ],
            }
        )
        self.cable.invoice_policy = "order"
        self.env["sale.order.discount"].create(
            {"sale_order_id": order.id, **discount}
        ).action_apply_discount()
        order.action_confirm()
        move = order._create_invoices()
        move.action_post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assert_same_everywhere(move)
        return move

    def test_wizard_over_different_taxes(self):
        spirits = self.vat + self.tax(24, 31.5)
        move = self.order(
            [(10000, spirits.ids), (5550, self.vat.ids)],
            discount_type="so_discount",
            discount_percentage=0.1,
        )
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:TpoValor"), ["%"])
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["10"])
        self.assertEqual(self.retained(move), [(24, 31.5, 2835)])

    def test_wizard_that_surcharges(self):
        move = self.order(
            [(10000, self.vat.ids)], discount_type="so_discount", discount_percentage=-0.05
        )
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:TpoMov"), ["R"])
        self.assert_totals(move, MntNeto=10500)

    def test_wizard_of_a_fixed_amount(self):
        move = self.order([(10000, self.vat.ids)], discount_type="amount", discount_amount=1190)
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["1000"])

    def test_discount_above_the_price(self):
        move = self.draft(lines=[{}, {"discount": 120}])
        with self.assertRaisesRegex(UserError, "a discount of 120% is more than its price"):
            move.action_post()

    def test_discount_above_the_lines(self):
        move = self.draft(lines=[{}, {"name": "Dcto", "price_unit": -1500}])
        with self.assertRaisesRegex(UserError, "negative"):
            move.action_post()
