"""Additional taxes, retentions and credits, to acceptance (PROTOCOL 5.7)."""

from odoo.exceptions import UserError

from ...models.amounts.obstacles import tax_obstacle
from ...sii.document.taxes import TAXES, Base
from ...sii.document.vat import VAT_RATE
from .amounts_case import AmountsCase


class TestAmountsTaxes(AmountsCase):
    def test_chart_brings_them_at_the_rates_of_the_law(self):
        found = self.env["account.tax"].with_context(active_test=False)
        company = self._create_company(name="Otra")
        taxes = found.search([("company_id", "=", company.id), ("amount_type", "=", "percent")])
        by_code = taxes.filtered(
            lambda tax: tax.l10n_cl_sii_code in TAXES and tax.l10n_cl_sii_code not in (14, 15)
        )
        codes = set(by_code.mapped("l10n_cl_sii_code"))
        percentages = {code for code, tax in TAXES.items() if tax.base is not Base.DECLARED}
        self.assertEqual(codes, percentages - {15, 53})
        for tax in by_code:
            self.assertEqual(tax._l10n_cl_rate(), TAXES[tax.l10n_cl_sii_code].rate_at(VAT_RATE))
            self.assertFalse(tax_obstacle(self.env["account.move"], tax))
        # a company that had its chart before the addon came
        beer = by_code.filtered(lambda tax: tax.l10n_cl_sii_code == 26 and tax.active)
        beer.unlink()
        sugary = (by_code - beer).filtered(lambda tax: tax.l10n_cl_sii_code == 271)
        sugary.l10n_cl_sii_code = 26
        self.env["account.chart.template"].with_company(company)._l10n_cl_sii_load_taxes()
        self.assertEqual(set(sugary.mapped("l10n_cl_sii_code")), {271})
        again = found.search([("company_id", "=", company.id), ("l10n_cl_sii_code", "=", 26)])
        self.assertEqual(again.mapped("amount"), [20.5, 20.5])

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
        rates = {18: 5, 19: 12, 23: 15, 24: 31.5, 25: 20.5, 26: 20.5}
        rates |= {27: 10, 44: 15, 45: 50, 53: 0.5, 271: 18}
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

    def test_fuels_by_volume(self):
        fuels = {28: 100, 35: 300, 51: 120, 52: 90}
        move = self.emit(
            lines=[
                {
                    "quantity": 30,
                    "price_unit": 800,
                    "tax_ids": (self.vat + self.tax(code, pesos, amount_type="fixed")).ids,
                }
                for code, pesos in fuels.items()
            ]
        )
        self.assert_totals(move, MntNeto=96000, IVA=18240, MntTotal=132540)
        self.assertEqual(self.texts(move, "ImptoReten/s:TipoImp"), ["28", "35", "51", "52"])
        self.assertEqual(
            self.texts(move, "ImptoReten/s:MontoImp"), ["3000", "9000", "3600", "2700"]
        )
        self.assertEqual(self.texts(move, "ImptoReten/s:TasaImp"), [])

    def test_meat_by_the_kilo_at_the_slaughterhouse(self):
        """75 pesos a kilo are 5 % of the base that the SII publishes, whatever the price."""
        meat = self.tax(17, 75, amount_type="fixed")
        move = self.emit(
            lines=[{"quantity": 10, "price_unit": 2100, "tax_ids": (self.vat + meat).ids}]
        )
        self.assert_totals(move, MntNeto=21000, MntBase=15000, IVA=3990, MntTotal=25740)
        self.assertEqual(self.retained(move), [(17, 5, 750)])

    def test_gold_whose_buyer_retains(self):
        taxes = self.vat + self.tax(46, -19)
        move = self.emit(lines=[{"price_unit": 10000, "tax_ids": taxes.ids}])
        self.assert_totals(move, MntNeto=10000, IVA=1900, MntTotal=10000)
        self.assertEqual(self.retained(move), [(46, 19, 1900)])

    def test_a_group_of_taxes(self):
        parts = self.vat.copy({"name": "IVA del grupo"}) + self.tax(24, 31.5)
        group = self.tax(0, 0, amount_type="group", children_tax_ids=parts.ids)
        move = self.emit(lines=[{"tax_ids": group.ids}])
        self.assert_totals(move, MntNeto=1000, IVA=190, MntTotal=1505)

    def test_builders_credit(self):
        credit = self.tax(0, -12.35, l10n_cl_is_construction_credit=True)
        move = self.emit(lines=[{"price_unit": 1_000_000, "tax_ids": (self.vat + credit).ids}])
        self.assert_totals(move, IVA=190000, CredEC=123500, MntTotal=1066500)

    def test_a_quarter_of_the_builders_credit(self):
        credit = self.tax(0, -3.0875, l10n_cl_is_construction_credit=True)
        move = self.emit(lines=[{"price_unit": 1_000_000, "tax_ids": (self.vat + credit).ids}])
        self.assert_totals(move, IVA=190000, CredEC=30875, MntTotal=1159125)

    def test_more_than_the_builders_credit(self):
        self.assert_refused("at most", self.tax(0, -13, l10n_cl_is_construction_credit=True))

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
