"""Prices with VAT, fractions of pesos, and the company's ways of rounding (PROTOCOL 5.6)."""

from .amounts_case import AmountsCase


class TestAmountsGross(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.included = cls.vat.copy(
            {"name": "IVA incluido", "price_include_override": "tax_included"}
        )

    def lines(self, *prices, **values):
        return [{"price_unit": each, "tax_ids": self.included.ids, **values} for each in prices]

    def test_gross_lines(self):
        self.company_data["default_journal_sale"].l10n_cl_gross = True
        move = self.emit(
            lines=[
                *self.lines(990, 1490, 77, 13, quantity=7),
                *self.lines(-500),
                {"price_unit": 333, "tax_ids": False},
            ]
        )
        self.assertEqual(self.texts(move, "IdDoc/s:MntBruto"), ["1"])
        self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["990", "1490", "77", "13", "333"])
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["500"])
        self.assert_totals(move, MntTotal=990 * 7 + 1490 * 7 + 77 * 7 + 13 * 7 - 500 + 333)

    def test_printed_as_signed(self):
        self.company_data["default_journal_sale"].l10n_cl_gross = True
        move = self.emit(lines=self.lines(990, 1490, quantity=7, discount=10))
        printed = [move._l10n_cl_printed_lines()[line.id] for line in move.invoice_line_ids]
        items = self.texts(move, "Detalle/s:MontoItem")
        self.assertEqual([str(each.amount) for each in printed], items)
        self.assertEqual([each.unit_price for each in printed], [990, 1490])

    def test_gross_discounts(self):
        self.company_data["default_journal_sale"].l10n_cl_gross = True
        move = self.emit(lines=self.lines(9990, 1480, quantity=4, discount=15))
        self.assertEqual(self.texts(move, "Detalle/s:DescuentoPct"), ["15", "15"])

    def test_other_taxes_make_lines_net(self):
        self.company_data["default_journal_sale"].l10n_cl_gross = True
        beer = self.tax(26, 20.5)
        move = self.emit(lines=[{"tax_ids": (self.included + beer).ids}, *self.lines(990)])
        self.assertEqual(self.texts(move, "IdDoc/s:MntBruto"), [])

    def test_net_unless_the_journal_is_gross(self):
        move = self.emit(lines=self.lines(1190))
        self.assertEqual(self.texts(move, "IdDoc/s:MntBruto"), [])
        self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["1000"])

    def test_note_over_gross_lines(self):
        self.company_data["default_journal_sale"].l10n_cl_gross = True
        move = self.emit(lines=self.lines(990, 1490))
        note = move._reverse_moves([{"l10n_latam_document_type_id": self.document_type(61).id}])
        self.assertTrue(note._l10n_cl_is_gross())

    def test_six_decimals(self):
        self.env.ref("product.decimal_price").digits = 6
        self.env.ref("uom.decimal_product_uom").digits = 6
        move = self.emit(lines=[{"price_unit": 12.345678, "quantity": 1234.567891}])
        self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["12.345678"])
        self.assertEqual(self.texts(move, "Detalle/s:QtyItem"), ["1234.567891"])

    def test_gross_when_the_net_does_not_give_the_vat(self):
        move = self.emit(lines=self.lines(9))
        self.assert_totals(move, MntNeto=8, IVA=1, MntTotal=9)
        self.assertEqual(self.texts(move, "IdDoc/s:MntBruto"), ["1"])

    def test_rounding_line_by_line(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        self.emit(lines=[{"price_unit": 1000}, {"price_unit": 2000}])

    def test_rounding_line_by_line_gives_the_vat_of_the_sum(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        self.assert_totals(self.emit(lines=[{"price_unit": 13}] * 3), MntNeto=39, IVA=7)
