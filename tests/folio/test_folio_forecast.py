"""How long the folios last at the present pace, and how many to ask for."""

from datetime import timedelta

from ...sii import clock
from ..common import SiiCase


class TestFolioForecast(SiiCase):
    def stock(self, code=33):
        self.env.flush_all()
        self.env.invalidate_all()
        return {int(stock.document_type.code): stock for stock in self.issuer._folio_stocks()}[code]

    def codes(self):
        return [finding.code for finding in self.env["l10n_cl.health"]._findings(self.issuer)]

    def test_unused_folios_have_no_pace(self):
        stock = self.stock()
        self.assertEqual((stock.left, stock.days_left, stock.to_ask), (100, None, 10))
        self.assertEqual(self.codes(), [])

    def test_the_pace_of_the_last_thirty_days(self):
        moves = self.env["account.move"].union(*(self.post() for _each in range(15)))
        stock = self.stock()
        self.assertEqual((stock.left, stock.per_day), (85, 0.5))
        self.assertEqual((stock.days_left, stock.to_ask), (170, 45))
        self.assertIn("85 left, enough for 170 days", self.issuer.folio_forecast)
        self.cr.execute(
            "UPDATE l10n_cl_dte SET create_date = create_date - interval '31 days' WHERE id IN %s",
            [tuple(moves.l10n_cl_dte_ids.ids)],
        )
        self.assertIsNone(self.stock().days_left)
        self.assertIn("85 left, none used", self.issuer.folio_forecast)

    def test_few_and_none(self):
        self.cafs[33].active = False
        self.load_caf(33, count=6)
        for _each in range(4):
            self.post()
        self.assertEqual(self.stock().days_left, 15)
        self.assertEqual(self.codes(), [])
        self.post()
        self.assertEqual(self.codes(), ["few_folios"])
        self.assertIn("1 folios left", self.issuer.warnings)
        self.assertIn("Ask the SII for 15", self.issuer.warnings)
        self.post()
        self.assertEqual(self.codes(), ["no_folios"])
        self.load_caf(33)
        self.assertEqual(self.codes(), [])

    def test_folios_that_expire(self):
        self.post()
        self.cafs[33].sudo().expires_on = clock.today() + timedelta(days=20)
        self.assertEqual(self.codes(), ["folios_expire"])
        self.load_caf(33)
        self.assertEqual(self.codes(), [], "a newer one lasts")
