"""Prints of invoices, rendered by the real wkhtmltopdf."""

import base64
import re

from odoo.tests import HttpCase

from ..common import SiiCase
from ..printed import PrintedPdf

INVOICE = "account.account_invoices"
CEDIBLE = "l10n_cl_sii.action_report_cedible"
TICKET = "l10n_cl_sii.action_report_ticket"


class PrintCase(SiiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        address = f"http://127.0.0.1:{HttpCase.http_port()}"
        cls.env["ir.config_parameter"].set_param("report.url", address)
        # made once here, they outlive the tests; each would compile them again
        for bundle in ("web.report_assets_common", "web.report_assets_pdf"):
            cls.env["ir.qweb"]._get_asset_bundle(bundle, autoprefix=True).css()

    def print_out(self, moves, report=INVOICE):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            content, _kind = reports._render_qweb_pdf(report, moves.ids)
        return PrintedPdf(content)

    def use_paper(self, name):
        self.company.paperformat_id = self.env.ref(f"base.paperformat_{name}")

    def ted(self, move):
        """The stamp as the signed XML has it, flat."""
        xml = base64.b64decode(move.l10n_cl_dte_id.xml)
        return re.sub(rb">\s+<", b"><", re.search(rb"<TED .*</TED>", xml, re.DOTALL)[0])

    def assert_prints(self, printed, *texts):
        for text in texts:
            self.assertIn(text, printed.text)
