"""In the browser: the home of the app, of who manages and of who only looks."""

from odoo.tests import new_test_user, tagged

from ..boleta_case import BoletaCase
from ..tour_case import TourCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestBoardTour(BoletaCase, TourCase):
    def setUp(self):
        super().setUp()
        self.post().l10n_cl_dte_id.sudo()._move_to("exception", "The certificate was refused.")
        self.post()

    def create_user(self, login, groups):
        new_test_user(
            self.env(su=True),
            login=login,
            groups=f"base.group_user,{groups}",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_who_manages(self):
        self.create_user("manager", "account.group_account_manager")
        self.publish("folios_for_the_board", self.caf_file(33, count=40))
        before = self.env["l10n_cl.caf"].search([])
        self.start_tour("/odoo", "l10n_cl_sii_board", login="manager")
        loaded = self.env["l10n_cl.caf"].search([]) - before
        self.assertEqual(loaded.left, 40)

    def test_who_only_looks(self):
        self.create_user("viewer", "l10n_cl_sii.group_viewer")
        self.start_tour("/odoo", "l10n_cl_sii_board_viewer", login="viewer")
