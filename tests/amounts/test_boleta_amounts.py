"""What boletas come to is what the ledger has, to the peso, whatever is in the cart."""

import random

from odoo.exceptions import UserError

from ..boleta_case import BoletaCase

_CARTS = 40


class TestBoletaAmounts(BoletaCase):
    def setUp(self):
        super().setUp()
        self.included = self.vat.copy(
            {"name": "IVA incluido", "price_include_override": "tax_included"}
        )
        self.random = random.Random(20261121)

    def line(self):
        """One line of a cart: net, gross or exempt, some with a discount or broken quantities."""
        choose = self.random
        return {
            "quantity": choose.choice([1, 1, 2, 3, 7, 0.333, 1.25, 12.5]),
            "price_unit": choose.choice([choose.randint(1, 99_990), choose.randint(10, 999) / 10]),
            "discount": choose.choice([0, 0, 0, 5, 10, 12.5, 33.33, 50]),
            "tax_ids": choose.choice([self.vat.ids, self.included.ids, False]),
        }

    def carts(self):
        carts = [[self.line() for _line in range(self.random.randint(1, 9))] for _ in range(_CARTS)]
        # a boleta of 39 sells something with VAT
        return [[{"price_unit": 990}, *cart] for cart in carts]

    def assert_as_in_the_ledger(self, moves):
        self.run_crons()
        self.assert_accepted(moves)
        for move in moves:
            total = round(move.amount_total)
            self.assertEqual([each["total"] for each in self.held(move)], [total])
            net, vat, exempt = (
                sum(map(int, self.texts(move, f"Totales/s:{tag}")))
                for tag in ("MntNeto", "IVA", "MntExe")
            )
            self.assertEqual(net + vat + exempt, total)
            yield move, vat

    def test_random_carts(self):
        moves = self.env["account.move"]
        for cart in self.carts():
            moves |= self.boleta(lines=cart)
        for move, vat in self.assert_as_in_the_ledger(moves):
            self.assertEqual(vat, move.amount_tax)

    def test_random_carts_rounded_line_by_line(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        moves = self.env["account.move"]
        for cart in self.carts():
            moves |= self.boleta(lines=cart)
        for move, vat in self.assert_as_in_the_ledger(moves):
            self.assertEqual(vat, move.amount_tax)

    def test_a_surcharge_above_the_whole_is_reported_with_its_line(self):
        """The SII's schema takes 100 % in a boleta; an invoice may have more."""
        lines = [
            {"price_unit": 990, "tax_ids": self.included.ids},
            {"price_unit": 1190, "discount": -150, "tax_ids": self.included.ids},
        ]
        with self.assertRaisesRegex(UserError, r"Line 2, surcharge: 150.* % .*\(100 %\)"):
            self.boleta(lines=lines)
        lines[1]["discount"] = -100
        self.assertEqual(self.texts(self.boleta(lines=lines), "Detalle/s:RecargoPct"), ["100"])
        lines[1]["discount"] = -150
        self.assertEqual(self.post(lines=lines).l10n_cl_dte_state, "signed")
