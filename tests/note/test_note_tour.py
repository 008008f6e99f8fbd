"""In the browser: a clerk corrects the text of an invoice by a note, and sees it accepted."""

from odoo.tests import new_test_user, tagged

from ..tour_case import TourCase
from .note_case import NoteCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestNoteTour(NoteCase, TourCase):
    def test_correct_text(self):
        new_test_user(
            self.env(su=True),
            login="clerk",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.customer.l10n_cl_activity_description = "Giro de antes"
        invoice = self.accepted()
        self.start_tour("/odoo", "l10n_cl_sii_note", login="clerk")
        self.run_crons()
        self.start_tour("/odoo", "l10n_cl_sii_note_accepted", login="clerk")
        note = invoice.reversal_move_ids
        self.assertEqual((note.amount_total, note.l10n_cl_dte_state), (0, "accepted"))
