"""In the browser alone: from a database with no Chilean company to a factura that is accepted."""

import base64
from unittest.mock import patch

from odoo.addons.base.models.res_company import ResCompany
from odoo.tests import new_test_user, tagged

from ..common import ACTECO, COMPANY_RUT, RESOLUTION_DATE, SIGNER_RUT
from ..simulated import Simulated
from ..tour_case import TourCase

_PATIENT = 600


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestNothingTour(Simulated, TourCase):
    def setUp(self):
        super().setUp()
        # what the company has from the SII before it opens Odoo
        self.sii.register_company(
            {
                "rut": COMPANY_RUT,
                "name": "Comercial Desde Cero SpA",
                "resolution_date": RESOLUTION_DATE,
                "resolution_number": 0,
                "actecos": [ACTECO],
                "types": [33, 61],
                "users": [SIGNER_RUT],
            }
        )
        person = self.sii.issue_certificate({"rut": SIGNER_RUT, "name": "Ana Soto"})
        self.publish("pfx_of_nobody_yet", person["pfx_base64"], "pfx")
        password = base64.b64encode(person["password"].encode())
        self.publish("password_of_nobody_yet", password, "txt")
        caf = self.sii.issue_caf({"rut": COMPANY_RUT, "type": 33, "count": 20})
        self.publish("caf_of_nobody_yet", base64.b64encode(caf["xml"].encode("iso-8859-1")))
        # outside tests Odoo itself gives a new company the chart of its country
        self.startPatcher(patch.object(ResCompany, "install_l10n_modules", lambda _self: True))

    def test_from_nothing_to_accepted(self):
        companies = self.env["res.company"].search([])
        new_test_user(
            self.env,
            login="boss",
            groups="base.group_system,account.group_account_manager,base.group_partner_manager",
            lang="en_US",
        )
        self.start_tour("/odoo", "l10n_cl_sii_nothing", login="boss", timeout=_PATIENT)
        company = self.env["res.company"].search([]) - companies
        self.assertEqual((company.vat, company.chart_template), (COMPANY_RUT, "cl"))
        move = self.env["account.move"].search([("company_id", "=", company.id)])
        self.assertEqual((move.state, move.l10n_cl_dte_state), ("posted", "signed"))
        self.run_crons()
        same = {"cids": str(company.id)}  # the browser goes on in the company that was chosen
        self.start_tour(
            "/odoo", "l10n_cl_sii_accepted", login="boss", timeout=_PATIENT, cookies=same
        )
        held = self.sii.documents(COMPANY_RUT, 33, move.l10n_cl_dte_id.folio)
        self.assertEqual([(each["total"], each["verdict"]) for each in held], [(1190, "accepted")])
