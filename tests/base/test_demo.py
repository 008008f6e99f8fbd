"""The demo data load, and make customers that can be invoiced."""

from odoo.modules.module import Manifest
from odoo.tools import convert_file

from ..common import SiiCase


class TestDemo(SiiCase):
    def test_a_demo_customer_is_invoiced(self):
        for file in Manifest.for_addon("l10n_cl_sii")["demo"]:
            convert_file(self.env, "l10n_cl_sii", file, {}, mode="init")
        company = self.env.ref("l10n_cl_sii.partner_demo_nuble")
        move = self.draft(partner_id=company.id)
        move.action_post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        person = self.env.ref("l10n_cl_sii.partner_demo_buyer")
        self.assertEqual(person.l10n_cl_document, "boleta")
