"""What the SII decides becomes the invoice's state, with a person called where one must act."""

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from ..common import COMPANY_RUT, SiiCase


class TestVerdicts(SiiCase):
    def test_objected_is_legal(self):
        self.sii.add_to_script({"on": "document", "do": "object:DTE-1-650"})
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "objected")
        self.assertFalse(move.activity_ids)
        with self.assertRaises(UserError):
            move.button_draft()

    def test_rejected_is_corrected_with_the_same_folio(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.run_crons()
        document, name = move.l10n_cl_dte_id, move.name
        folio, refused = document.folio, document.xml_sha256
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertEqual(len(move.activity_ids), 1)
        move.button_draft()
        move.invoice_line_ids.price_unit = 2000
        move.action_post()
        self.assertEqual((move.name, document.folio, document.generation), (name, folio, 2))
        self.assertNotEqual(document.xml_sha256, refused)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertFalse(move.activity_ids)
        held = self.sii.documents(COMPANY_RUT, 33, folio)
        self.assertEqual({each["verdict"] for each in held}, {"accepted", "rejected"})

    def test_rejected_and_confirmed_again_within_the_second(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        with freeze_time(fields.Datetime.now()):
            move = self.post()
            self.run_crons()
            self.assertEqual(move.l10n_cl_dte_state, "rejected")
            move.button_draft()
            move.action_post()
            self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_refused_schema_rejects_the_document(self):
        self.sii.add_to_script({"on": "upload", "do": "status:7"})
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "refused")

    def test_wrong_resolution_refuses_the_envelope(self):
        self.issuer.resolution_date = "2001-01-01"
        move = self.post()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertIn("RCT", move.l10n_cl_dte_sii_text)

    def test_live_documents_cannot_be_taken_back(self):
        move = self.post()
        for action in ("button_draft", "button_cancel"):
            with self.assertRaises(UserError):
                getattr(move, action)()
        self.assertFalse(move.show_reset_to_draft_button)
        with self.assertRaises(UserError):
            move.l10n_cl_dte_id.sudo().unlink()

    def test_note_waits_for_its_original(self):
        invoice = self.post()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "reason": "Venta anulada"})
        )
        note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        note.action_post()
        reference = note.l10n_cl_reference_ids
        self.assertEqual(
            (reference.l10n_cl_reference_doc_type_selection, reference.code), ("33", "1")
        )
        self.run_crons("cron_send")
        self.assertEqual(note.l10n_cl_dte_state, "signed")
        self.run_crons("cron_poll", "cron_send", "cron_poll")
        self.assertEqual(note.l10n_cl_dte_state, "accepted", note.l10n_cl_dte_sii_text)

    def test_debit_note_over_an_invoice(self):
        invoice = self.post()
        self.run_crons()
        wizard = (
            self.env["account.debit.note"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"copy_lines": True, "reason": "Intereses"})
        )
        note = self.env["account.move"].browse(wizard.create_debit()["res_id"])
        note.action_post()
        self.assertEqual(note.l10n_latam_document_type_id.code, "56")
        self.run_crons()
        self.assertEqual(note.l10n_cl_dte_state, "accepted", note.l10n_cl_dte_sii_text)
