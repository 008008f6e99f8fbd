"""A folio that is given up: the invoice is free, the folio waits to be declared void."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import SiiCase


class TestFolioVoid(SiiCase):
    def rejected(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.run_crons()
        return move

    def test_rejected_then_confirmed_with_a_new_folio(self):
        move = self.rejected()
        document = move.l10n_cl_dte_id
        document.action_void()
        self.assertEqual(document.state, "void")
        self.assertFalse(move.l10n_cl_dte_id)
        void = document.void_ids
        self.assertEqual((void.folio, void.state), (document.folio, "to_declare"))
        move.button_draft()
        move.action_post()
        again = move.l10n_cl_dte_id
        self.assertEqual(again.folio, document.folio + 1)
        self.assertEqual(move.name, f"FAC {again.folio:06d}")
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        void.action_declared()
        self.assertEqual(void.state, "declared")
        self.assertTrue(void.declared_on)

    def test_never_sent_then_cancelled(self):
        move = self.post()
        move.l10n_cl_dte_id.action_void()
        move.button_draft()
        move.button_cancel()
        self.assertEqual(move.state, "cancel")
        self.run_crons()
        self.assertFalse(self.exchanges())

    def test_what_may_be_at_the_sii_stays(self):
        move = self.post()
        self.run_crons("cron_send")
        with self.assertRaises(UserError):
            move.l10n_cl_dte_id.action_void()

    def test_only_managers(self):
        move = self.rejected()
        clerk = new_test_user(
            self.env,
            "clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        with self.assertRaises(AccessError):
            move.l10n_cl_dte_id.with_user(clerk).action_void()
