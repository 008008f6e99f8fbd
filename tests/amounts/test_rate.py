"""A document agreed in another currency is worth the pesos of its day, to the peso."""

import random
from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form

from ...sii.clock import today
from .amounts_case import AmountsCase

DAY = timedelta(days=1)


class TestMoveRate(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.uf = cls.env.ref("l10n_cl.UF")
        cls.uf.active = True
        cls.usd = cls.env.ref("base.USD")
        cls.usd.active = True
        (cls.uf | cls.usd).rate_ids.unlink()

    def rate(self, currency, day, pesos):
        rates = self.env["res.currency.rate"]
        values = {"currency_id": currency.id, "company_id": self.company.id, "name": day}
        found = rates.search([(name, "=", value) for name, value in values.items()])
        found.unlink()
        rates.create({**values, "inverse_company_rate": pesos})

    def uf_draft(self, *prices, **values):
        return self.draft(
            currency_id=self.uf.id, lines=[{"price_unit": price} for price in prices], **values
        )

    def test_the_day_of_a_draft_moves(self):
        self.rate(self.uf, today() - DAY, 39505.11)
        self.rate(self.uf, today(), 39512.87)
        move = self.uf_draft(12.75, invoice_date=today() - DAY)
        move.invoice_date = today()
        move.action_post()
        self.assert_totals(move, MntNeto=503789, IVA=95720, MntTotal=599509)
        self.assert_same_everywhere(move)

    def test_the_rate_of_the_day_comes_after_the_draft(self):
        self.rate(self.uf, today() - 30 * DAY, 39100)
        move = self.uf_draft(100, invoice_date=today())
        self.rate(self.uf, today(), 39512.87)
        move.action_post()
        self.assertEqual(self.texts(move, "FctConv"), ["39512.87"])
        self.assert_totals(move, MntNeto=3951287, MntTotal=4702032)

    def test_a_draft_without_date(self):
        self.rate(self.uf, today() - DAY, 39100)
        move = self.uf_draft(33.33)
        self.rate(self.uf, today(), 39512.87)
        move.action_post()
        self.assertEqual(self.texts(move, "FctConv"), ["39512.87"])
        self.assert_same_everywhere(move)

    def test_an_old_rate_of_the_uf_is_refused(self):
        self.rate(self.uf, today() - DAY, 39100)
        with self.assertRaisesRegex(UserError, "last exchange rate of UF"):
            self.uf_draft(10).action_post()

    def test_the_dollar_of_friday_is_mondays(self):
        self.rate(self.usd, today() - 3 * DAY, 950.5)
        self.assertTrue(self.post(currency_id=self.usd.id, lines=[{"price_unit": 20}]).name)
        self.rate(self.usd, today() - 3 * DAY, 950.5)
        self.usd.rate_ids.name = today() - 8 * DAY
        with self.assertRaisesRegex(UserError, "last exchange rate of USD"):
            self.post(currency_id=self.usd.id, lines=[{"price_unit": 20}])

    def test_a_rate_that_is_typed_is_kept(self):
        self.rate(self.usd, today() - 30 * DAY, 900)
        move = self.draft(currency_id=self.usd.id, lines=[{"price_unit": 20}])
        with Form(move) as form:
            form.invoice_currency_rate = 1 / 800
        move.action_post()
        self.assertTrue(move.l10n_cl_rate_typed)
        self.assert_totals(move, MntNeto=16000, IVA=3040)
        self.assert_same_everywhere(move)

    def test_whatever_moves(self):
        """Dates and rates move under drafts of many lines: net is their pesos, VAT is of it."""
        chance = random.Random(2026)
        for number in range(12):
            for back in range(4):
                self.rate(self.uf, today() - back * DAY, round(chance.uniform(38000, 41000), 2))
            prices = [round(chance.uniform(0.01, 90), 4) for _line in range(chance.randint(1, 6))]
            move = self.uf_draft(*prices, invoice_date=today() - chance.randint(0, 3) * DAY)
            move.invoice_date = today() - chance.randint(0, 3) * DAY
            self.rate(self.uf, move.invoice_date, round(chance.uniform(38000, 41000), 2))
            if number % 3 == 0:
                move.invoice_line_ids = [
                    Command.update(move.invoice_line_ids[0].id, {"discount": 7})
                ]
            with self.subTest(prices=prices):
                move.action_post()
                self.assert_same_everywhere(move)
                net = self.amount(move, "MntNeto")
                self.assertEqual(self.amount(move, "IVA"), int(net * 19 / 100 + 0.5))

    def test_a_note_has_the_rate_of_what_it_corrects(self):
        """Also one that is confirmed on another day, at another rate."""
        self.rate(self.uf, today() - DAY, 39100)
        invoice = self.uf_draft(10, invoice_date=today() - DAY)
        invoice.action_post()
        note = invoice._reverse_moves(
            [{"l10n_latam_document_type_id": self.document_type(61).id, "invoice_date": today()}]
        )
        self.rate(self.uf, today(), 40000)
        note._l10n_cl_refresh_amounts()
        self.assertEqual(note.amount_total_signed, -invoice.amount_total_signed)
