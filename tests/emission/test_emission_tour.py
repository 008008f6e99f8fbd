"""In the browser: a clerk takes money and hands over the document."""

from odoo.tests import new_test_user, tagged

from ..tour_case import TourCase
from .emission_case import EmissionCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestEmissionTour(EmissionCase, TourCase):
    def setUp(self):
        super().setUp()
        self.clerk = new_test_user(
            self.env(su=True),
            login="clerk",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_a_statement_is_paid_and_emitted(self):
        statement = self.statement()
        self.start_tour("/odoo", "l10n_cl_sii_pay_and_emit", login="clerk")
        self.env.invalidate_all()
        self.assertEqual(statement.payment_ids.memo, "Transferencia 4711")
        self.assert_emitted_once(statement)
        self.run_crons()
        self.assert_accepted(statement.move_id)

    def test_a_draft_is_paid_and_emitted(self):
        move = self.draft()
        path = f"/odoo/action-account.action_move_out_invoice_type/{move.id}"
        self.start_tour(path, "l10n_cl_sii_pay_draft", login="clerk")
        self.env.invalidate_all()
        self.assertIn(move.payment_state, ("paid", "in_payment"))
