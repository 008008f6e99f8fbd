"""The clerk's way: an invoice is written in the form, confirmed, seen accepted, and annulled."""

from odoo.tests import new_test_user, tagged

from ..common import COMPANY_RUT, SiiCase
from ..tour_case import TourCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestTour(SiiCase, TourCase):
    def test_invoice_is_accepted_and_annulled(self):
        """With the right to invoice and no other."""
        clerk = new_test_user(
            self.env(su=True),
            login="clerk",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.start_tour("/odoo", "l10n_cl_sii_confirm", login="clerk")
        move = self.env["account.move"].search([("create_uid", "=", clerk.id)])
        self.assertEqual((move.state, move.l10n_cl_dte_state), ("posted", "signed"))
        self.run_crons()
        self.start_tour("/odoo", "l10n_cl_sii_accepted", login="clerk")
        held = self.sii.documents(COMPANY_RUT, 33, move.l10n_cl_dte_id.folio)
        self.assertEqual([each["total"] for each in held], [1190])
        self.start_tour("/odoo", "l10n_cl_sii_annul", login="clerk")
        self.run_crons()
        self.start_tour("/odoo", "l10n_cl_sii_note_accepted", login="clerk")
        note = move.reversal_move_ids
        self.assertEqual((note.create_uid, note.l10n_cl_dte_state), (clerk, "accepted"))
        self.assertEqual((note.amount_total, move.payment_state), (1190, "reversed"))
