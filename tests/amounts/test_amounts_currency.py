"""Invoices agreed in another currency: pesos first, the other currency beside them."""

from odoo import Command
from odoo.exceptions import UserError

from ...sii.clock import today
from .amounts_case import AmountsCase


class TestAmountsCurrency(AmountsCase):
    def in_pesos(self, xmlid, pesos=None):
        currency = self.env.ref(xmlid)
        rates = [{"name": today(), "inverse_company_rate": pesos}] if pesos else []
        currency.write(
            {
                "active": True,
                "rate_ids": [
                    Command.clear(),
                    *(Command.create({**rate, "company_id": self.company.id}) for rate in rates),
                ],
            }
        )
        return currency.id

    def test_dollars(self):
        lines = [
            {"price_unit": 19.99, "quantity": 3, "discount": 10},
            {"price_unit": 5.5, "tax_ids": False},
        ]
        move = self.emit(currency_id=self.in_pesos("base.USD", 950.5), lines=lines)
        self.assertEqual(self.texts(move, "OtraMoneda/s:TpoMoneda"), ["DOLAR USA"])
        self.assertEqual(self.texts(move, "OtraMoneda/s:TpoCambio"), ["950.5"])
        self.assertEqual(self.texts(move, "OtraMoneda/s:MntNetoOtrMnda"), ["53.973"])
        self.assertEqual(self.texts(move, "OtrMnda/s:PrcOtrMon"), ["19.99", "5.5"])
        self.assertEqual(self.texts(move, "OtrMnda/s:Moneda"), ["USD", "USD"])

    def test_unidad_de_fomento(self):
        move = self.emit(
            currency_id=self.in_pesos("l10n_cl.UF", 39485.65), lines=[{"price_unit": 12.3456}]
        )
        self.assertEqual(self.texts(move, "OtraMoneda/s:TpoMoneda"), ["OTRAS MONEDAS"])
        self.assertEqual(self.texts(move, "OtrMnda/s:Moneda"), ["UF"])

    def test_pesos_state_no_other_currency(self):
        self.assertEqual(self.texts(self.emit(), "OtraMoneda"), [])

    def test_currency_without_a_rate(self):
        move = self.draft(currency_id=self.in_pesos("base.CAD"), lines=[{"price_unit": 20}])
        with self.assertRaisesRegex(UserError, "no exchange rate of CAD"):
            move.action_post()
