"""What was rejected, or never shows: a person is called who is there, and finds a way out."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from ..common import SiiCase


class TestRejected(SiiCase):
    def new_user(self, login, groups):
        return new_test_user(
            self.env(su=True),
            login,
            groups,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def rejected(self, **values):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        return move

    def test_who_left_is_not_called(self):
        managers = self.issuer._managers()
        seller = self.new_user("vendedora", "account.group_account_invoice")
        self.assertEqual(self.rejected(invoice_user_id=seller.id).activity_ids.user_id, seller)
        seller.active = False
        self.assertIn(self.rejected(invoice_user_id=seller.id).activity_ids.user_id, managers)
        robot = self.env.ref("base.user_root")
        self.assertIn(self.rejected(invoice_user_id=robot.id).activity_ids.user_id, managers)

    def test_another_type_needs_another_folio(self):
        move = self.rejected()
        kept = move.l10n_cl_dte_id
        move.button_draft()
        move.l10n_latam_document_type_id = self.document_type(34)
        move.invoice_line_ids.tax_ids = False
        with self.assertRaisesRegex(UserError, "is of another document type"), self.cr.savepoint():
            move.action_post()
        kept.with_user(self.sii_manager()).action_void()
        move.action_post()
        self.assertEqual(move.l10n_cl_dte_id.document_code, 34)

    def test_another_issuer_needs_another_folio(self):
        move = self.rejected()
        move.button_draft()
        self.issuer.active = False
        self.issuer.copy({"certificate_id": self.issuer.certificate_id.id})
        with self.assertRaisesRegex(UserError, "is of another issuer"):
            move.action_post()

    def test_the_environment_waits_for_its_correction(self):
        self.rejected()
        with self.assertRaisesRegex(ValidationError, "or rejected there: 1"):
            self.issuer.write({"environment": "production", "resolution_number": 80})

    def test_its_invoice_is_cancelled_not_deleted(self):
        move = self.rejected()
        move.button_draft()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            move.unlink()
        move.button_cancel()
        self.assertEqual(move.state, "cancel")

    def never_shown(self):
        """Rejected by the SII, which lost its track id twice: nobody can be asked about it."""
        move = self.post()
        folio = {"type": 33, "folio": move.l10n_cl_dte_id.folio}
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861", "match": folio})
        self.sii.add_to_script({"on": "upload", "do": "drop_after_processing"})
        self.run_crons("cron_send")
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.sii.add_to_script({"on": "upload", "do": "status:99"})
        self.run_crons("cron_send", "cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "sent")
        move.l10n_cl_dte_id.envio_id.sudo().first_sent_at -= timedelta(days=3)
        self.run_crons("cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        return move

    def test_what_only_the_portal_shows(self):
        move = self.never_shown()
        document = move.l10n_cl_dte_id
        self.assertIn("Rejected on the Portal", move.activity_ids.note)
        clerk = self.new_user("cajera", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            document.with_user(clerk).action_rejected_on_portal()
        manager = self.new_user("jefa", "account.group_account_manager")
        document.with_user(manager).action_rejected_on_portal()
        self.assertEqual((document.state, document.envio_id.state), ("rejected", "processed"))
        move.button_draft()
        move.action_post()
        self.run_crons()
        self.assertEqual((document.state, document.generation), ("accepted", 2))

    def test_the_portal_is_asked_only_when_the_sii_is_silent(self):
        move = self.post()
        self.run_crons("cron_send")
        manager = self.new_user("jefa", "account.group_account_manager")
        with self.assertRaisesRegex(UserError, "The SII itself tells"):
            move.l10n_cl_dte_id.with_user(manager).action_rejected_on_portal()
