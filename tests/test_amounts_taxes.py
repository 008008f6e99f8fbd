"""Additional taxes, retentions and credits, to acceptance (PROTOCOL 5.7)."""

from odoo.exceptions import UserError

from .amounts_case import AmountsCase


class TestAmountsTaxes(AmountsCase):
    def test_wine_and_bread(self):
        wine = self.tax(25, 20.5)
        move = self.emit(
            lines=[
                {"price_unit": 10000, "tax_ids": (self.vat + wine).ids},
                {"price_unit": 5000},
            ]
        )
        self.assert_totals(move, MntNeto=15000, IVA=2850, MntTotal=19900)
        self.assertEqual(self.retained(move), [(25, 20.5, 2050)])
        self.assertEqual(self.texts(move, "Detalle/s:CodImpAdic"), ["25"])

    def test_each_tax_that_adds(self):
        rates = {18: 5, 19: 12, 23: 15, 24: 31.5, 26: 20.5, 27: 10, 44: 15, 45: 50, 271: 18}
        taxes = {code: self.tax(code, rate) for code, rate in rates.items()}
        move = self.emit(
            lines=[
                {"price_unit": 777, "quantity": 3, "tax_ids": (self.vat + tax).ids}
                for tax in taxes.values()
            ]
        )
        declared = {code: rate for code, rate, _amount in self.retained(move)}
        self.assertEqual(declared, rates)

    def test_two_taxes_of_one_code_are_one(self):
        drinks = self.tax(27, 10) + self.tax(27, 10, name="Otra de la misma")
        move = self.emit(lines=[{"tax_ids": (self.vat + tax).ids} for tax in drinks])
        self.assertEqual(self.retained(move), [(27, 10, 200)])

    def test_fuel_by_volume(self):
        diesel = self.tax(28, 100, amount_type="fixed")
        move = self.emit(
            lines=[{"quantity": 30, "price_unit": 800, "tax_ids": (self.vat + diesel).ids}]
        )
        self.assert_totals(move, MntNeto=24000, IVA=4560, MntTotal=31560)
        self.assertEqual(self.texts(move, "ImptoReten/s:MontoImp"), ["3000"])
        self.assertEqual(self.texts(move, "ImptoReten/s:TasaImp"), [])

    def test_a_group_of_taxes(self):
        parts = self.vat.copy({"name": "IVA del grupo"}) + self.tax(24, 31.5)
        group = self.tax(0, 0, amount_type="group", children_tax_ids=parts.ids)
        move = self.emit(lines=[{"tax_ids": group.ids}])
        self.assert_totals(move, MntNeto=1000, IVA=190, MntTotal=1505)

    def test_builders_credit(self):
        credit = self.tax(0, -12.35, l10n_cl_is_construction_credit=True)
        move = self.emit(lines=[{"price_unit": 1_000_000, "tax_ids": (self.vat + credit).ids}])
        self.assert_totals(move, IVA=190000, CredEC=123500, MntTotal=1066500)

    def test_exempt_line_with_a_tax_of_zero(self):
        zero = self.tax(0, 0, name="Exento")
        move = self.emit(lines=[{}, {"price_unit": 500, "tax_ids": zero.ids}])
        self.assert_totals(move, MntNeto=1000, MntExe=500, MntTotal=1690)

    def assert_refused(self, sentence, *taxes):
        lines = [{"tax_ids": (self.vat + tax).ids} for tax in taxes]
        move = self.draft(lines=lines)
        with self.assertRaisesRegex(UserError, sentence):
            move.action_post()
        self.assertFalse(move.l10n_cl_dte_id)

    def test_tax_without_code(self):
        self.assert_refused("has no SII code", self.tax(0, 5))

    def test_retention_that_adds(self):
        self.assert_refused("is a retention", self.tax(46, 19))

    def test_tax_that_is_taken_off(self):
        self.assert_refused("adds to the total", self.tax(27, -10))

    def test_two_rates_of_one_code(self):
        self.assert_refused("two rates", self.tax(26, 20.5), self.tax(26, 18))

    def test_rate_that_is_not_the_laws(self):
        self.assert_refused("26", self.tax(26, 18))

    def test_credit_that_adds(self):
        self.assert_refused("is a credit", self.tax(0, 12, l10n_cl_is_construction_credit=True))
