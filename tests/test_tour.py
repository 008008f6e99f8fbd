"""The clerk's way: an invoice is written in the form, confirmed, and seen accepted."""

from contextlib import contextmanager

from odoo.tests import HttpCase, new_test_user, tagged

from .common import COMPANY_RUT, SiiCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestTour(SiiCase, HttpCase):
    @contextmanager
    def enter_registry_test_mode(self):
        """A browser test is in that mode all the time."""
        yield
        self.env.invalidate_all()

    def test_invoice_is_accepted(self):
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
