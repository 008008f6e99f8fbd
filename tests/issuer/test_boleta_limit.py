"""Above 135 UF of 31 December of the year before, the law wants to know who buys."""

from decimal import Decimal

from odoo import fields
from odoo.exceptions import UserError

from ...models.move.obstacles import texts_of
from ...sii import clock
from ..boleta_case import BoletaCase


class LimitCase(BoletaCase):
    def setUp(self):
        super().setUp()
        self.ufs = self.env.ref("base.CLF") | self.env.ref("l10n_cl.UF")
        self.env["res.currency.rate"].search([("currency_id", "in", self.ufs.ids)]).unlink()

    def quote(self, day, pesos, uf="base.CLF"):
        currency = self.env.ref(uf)
        values = {"currency_id": currency.id, "name": day, "company_id": self.company.id}
        rates = self.env["res.currency.rate"]
        return rates.create({**values, "inverse_company_rate": pesos})

    def refused(self, total, day, code=41):
        """Whether an anonymous boleta of a day must name its buyer."""
        taxes = {"tax_ids": False} if code == 41 else {}
        lines = [{"price_unit": total, **taxes}]
        move = self.draft(code=code, lines=lines, partner_id=self.nobody.id, invoice_date=day)
        text = "\n".join(texts_of(move._l10n_cl_obstacles(move._l10n_cl_document())))
        self.assertEqual("buyer's own RUT" in text, "Means of payment" in text, text)
        return "buyer's own RUT" in text


class TestBoletaLimit(LimitCase):
    def test_the_last_peso_of_each_year(self):
        """Without any rate: the limits of the years that are known are the library's."""
        self.ufs.active = False
        for day, last in (
            ("2025-01-01", 5_186_253),
            ("2025-12-31", 5_186_253),
            ("2026-01-01", 5_363_274),
            ("2026-12-31", 5_363_274),
        ):
            with self.subTest(day):
                self.assertFalse(self.refused(last, day))
                self.assertTrue(self.refused(last + 1, day))

    def test_with_vat(self):
        """What is compared is the total: VAT is a part of it."""
        self.assertFalse(self.refused(4_506_953, "2026-11-30", 39))  # 5.363.274
        self.assertTrue(self.refused(4_506_954, "2026-11-30", 39))  # 5.363.275

    def test_the_rate_of_the_day_does_not_count(self):
        self.ufs.active = True
        self.quote("2026-11-30", 60_000)
        self.quote("2025-12-31", 60_000)
        self.assertTrue(self.refused(5_363_275, "2026-11-30"))

    def test_a_later_year_by_the_uf_of_its_eve(self):
        for uf, other in (("base.CLF", "l10n_cl.UF"), ("l10n_cl.UF", "base.CLF")):
            with self.subTest(uf):
                self.env.ref(uf).active, self.env.ref(other).active = True, False
                rate = self.quote("2026-12-31", 41234.56, uf)  # 5.566.665,60
                self.assertEqual(self.issuer._boleta_limit(2027), Decimal("5566665.60"))
                self.assertFalse(self.refused(5_566_665, "2027-01-01"))
                self.assertTrue(self.refused(5_566_666, "2027-01-01"))
                self.assertTrue(self.refused(5_363_275, "2026-12-31"))
                rate.unlink()

    def test_a_later_year_without_that_uf(self):
        """The last limit known stands: nobody stays without a name who must have one."""
        self.quote("2026-12-30", 50_000)
        self.quote("2027-01-01", 50_000)
        self.assertFalse(self.refused(5_363_274, "2027-01-01"))
        self.assertTrue(self.refused(5_363_275, "2027-01-01"))
        self.quote("2026-12-31", 41_000)
        self.assertFalse(self.refused(5_535_000, "2028-06-01"))
        self.assertTrue(self.refused(5_535_001, "2028-06-01"))

    def test_before_there_was_such_a_law(self):
        self.assertFalse(self.refused(90_000_000, "2024-12-31"))

    def test_the_form_shows_it(self):
        year = clock.today().year
        self.quote(f"{year - 1}-12-31", 41_000)
        limit = {2026: "5.363.274,60"}.get(year, "5.535.000,00")
        self.assertIn(f"$ {limit} (135 UF", self.issuer.boleta_limit_text)

    def test_names_its_buyer(self):
        year = clock.today().year
        last = int(self.issuer._boleta_limit(year))
        self.sii.change_settings({"boleta_limit": float(self.issuer._boleta_limit(year))})
        line = {"tax_ids": False}
        anonymous = self.boleta(code=41, lines=[{**line, "price_unit": last}])
        with self.assertRaisesRegex(UserError, "RUT(.|\n)*[Mm]eans of payment"):
            self.boleta(code=41, lines=[{**line, "price_unit": last + 1}])
        buyer = self._create_customer(l10n_cl_sii_taxpayer_type="3")
        named = self.boleta(
            code=41,
            lines=[{**line, "price_unit": last + 1}],
            partner_id=buyer.id,
            l10n_cl_means="TC",
        )
        self.run_crons()
        self.assert_accepted(anonymous | named)
        self.assertEqual(self.texts(named, "IdDoc/s:MedioPago"), ["2"])


class TestUf(LimitCase):
    def test_one_uf_under_both_names(self):
        """Whichever somebody keeps: Odoo's own, or that of Chile's localization."""
        day = fields.Date.to_date("2021-05-01")
        names = ("l10n_cl.UF", "base.CLF")
        self.assertIsNone(self.issuer._uf(day))
        for pair in (names, names[::-1]):
            kept, other = (self.env.ref(name) for name in pair)
            kept.active, other.active = True, False
            rate = self.quote(day, 29000, pair[0])
            self.assertEqual(self.issuer._uf(day), 29000)
            rate.inverse_company_rate = 30000
            self.assertEqual(other._convert(1, self.company.currency_id, self.company, day), 30000)
            rate.name = fields.Date.add(day, days=1)
            self.assertIsNone(self.issuer._uf(day))
            self.assertEqual(other.rate_ids.mapped("name"), [rate.name])
            rate.unlink()
            self.assertFalse((kept | other).rate_ids)
