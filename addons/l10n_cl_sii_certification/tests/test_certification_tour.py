"""In the browser: a manager loads the SII's set and makes its documents."""

import base64

from odoo.addons.l10n_cl_sii.tests.tour_case import TourCase
from odoo.tests import new_test_user, tagged

from .test_certification import SETS, CertificationCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestCertificationTour(CertificationCase, TourCase):
    def test_set_to_documents(self):
        new_test_user(
            self.env(su=True),
            login="manager",
            groups="base.group_user,account.group_account_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        file = base64.b64encode((SETS / "invoices.txt").read_bytes())
        self.publish("set_file", file, "txt")
        self.start_tour("/odoo", "l10n_cl_sii_certification", login="manager")
        self.run_crons()
        self.assert_accepted_whole(self.loaded("basic"))
