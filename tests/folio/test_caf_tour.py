"""In the browser: a manager loads folios, first those of another company by mistake."""

from odoo.tests import new_test_user, tagged

from ..common import COMPANY_RUT, SiiCase
from ..tour_case import TourCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestCafTour(SiiCase, TourCase):
    def test_wrong_file_then_the_right_one(self):
        new_test_user(
            self.env(su=True),
            login="manager",
            groups="base.group_user,account.group_account_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.sii.register_company(
            {
                "rut": "77123456-9",
                "name": "Otra SpA",
                "resolution_date": "2019-03-01",
                "resolution_number": 0,
                "actecos": [620100],
                "types": [33],
                "users": [],
            }
        )
        self.publish("caf_of_another", self.caf_file(33, rut="77123456-9"))
        self.publish("caf_of_ours", self.caf_file(33, count=40))
        before = self.env["l10n_cl.caf"].search([])
        self.start_tour("/odoo", "l10n_cl_sii_caf", login="manager")
        loaded = self.env["l10n_cl.caf"].search([]) - before
        self.assertEqual((loaded.issuer_rut, loaded.left), (COMPANY_RUT, 40))
