"""An invoice in dollars prints: what l10n_cl calls for it is there."""

import base64

from odoo.tests import HttpCase

from ...sii import clock
from ..common import SiiCase
from ..printed import PrintedPdf


class TestRepairs(SiiCase):
    def test_an_invoice_in_dollars_prints_its_pesos(self):
        self.env["ir.config_parameter"].set_param(
            "report.url", f"http://127.0.0.1:{HttpCase.http_port()}"
        )
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "name": clock.today(),
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "rate": 1 / 950,
            }
        )
        move = self.post(
            currency_id=dollar.id, lines=[{"price_unit": 20, "quantity": 3, "discount": 10}]
        )
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, _kind = report._render_qweb_pdf("account.account_invoices", move.ids)
        printed = PrintedPdf(content)
        self.assertIn("$ 950,00", printed.text)
        self.assertIn("20,00", printed.text)
        self.assertIn("61,047", printed.text.replace(".", ","))
        self.assertIn(b"<MntTotal>61047</MntTotal>", base64.b64decode(move.l10n_cl_dte_id.xml))

    def test_names_of_currencies(self):
        name = self.env["account.move"]._l10n_cl_normalize_currency_name
        self.assertEqual(name("USD"), self.env.ref("base.USD").l10n_cl_short_name)
        self.assertEqual(name("XXX"), "XXX")
        cut = self.env["account.move"]._format_length
        self.assertEqual((cut("USDX", 3), cut("EU", 3), cut(False, 3)), ("USD", "EU", ""))
