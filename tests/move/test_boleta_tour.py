"""In the browser: a clerk sells to somebody who gives no name."""

from odoo.tests import new_test_user, tagged

from ..boleta_case import BoletaCase
from ..tour_case import TourCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestBoletaTour(BoletaCase, TourCase):
    def test_boleta_is_accepted(self):
        clerk = new_test_user(
            self.env(su=True),
            login="clerk",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.start_tour("/odoo", "l10n_cl_sii_boleta", login="clerk")
        move = self.env["account.move"].search([("create_uid", "=", clerk.id)])
        self.assertEqual((move.state, move.l10n_cl_means), ("posted", "TC"))
        self.run_crons()
        self.start_tour("/odoo", "l10n_cl_sii_boleta_accepted", login="clerk")
        self.assertEqual([each["total"] for each in self.held(move)], [1190])
