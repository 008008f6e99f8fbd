"""A note is sent after its original is accepted, and never waits in silence."""

from .note_case import NoteCase


class TestNoteWaiting(NoteCase):
    def rejected_with_note(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        invoice = self.post()
        note = self.credit(invoice)
        note.action_post()
        self.run_crons()
        self.assertEqual(
            (invoice.l10n_cl_dte_state, note.l10n_cl_dte_state), ("rejected", "signed")
        )
        return invoice, note

    def test_original_rejected_calls_a_person(self):
        invoice, note = self.rejected_with_note()
        self.assertIn(f"the SII rejected {invoice.name}", note.l10n_cl_dte_waiting_text)
        self.assertIn("the SII rejected", note.activity_ids.note)
        self.assertIn("the SII rejected", note.l10n_cl_event_ids[:1].text)

    def test_original_corrected_and_accepted(self):
        invoice, note = self.rejected_with_note()
        invoice.button_draft()
        invoice.action_post()
        self.run_crons()
        self.assertEqual(invoice.l10n_cl_dte_state, "accepted")
        self.run_crons()
        self.assertEqual(note.l10n_cl_dte_state, "accepted", note.l10n_cl_dte_sii_text)
        self.assertFalse(note.activity_ids)

    def test_original_given_up(self):
        invoice, note = self.rejected_with_note()
        manager = self.sii_manager()
        invoice.l10n_cl_dte_id.with_user(manager).action_void()
        self.assertIn("was given up", note.l10n_cl_dte_waiting_text)
        self.assertIn("was given up", note.activity_ids.note)
        self.run_crons()
        self.assertEqual(note.l10n_cl_dte_state, "signed")
        note.l10n_cl_dte_id.with_user(manager).action_void()
        note.button_draft()
        self.assertEqual(note.state, "draft")

    def test_typed_reference_waits_too(self):
        invoice = self.post()
        reference = {
            "document_type_id": self.document_type(33).id,
            "folio": str(invoice.l10n_cl_dte_id.folio),
            "code": "1",
        }
        note = self.post(code=61, l10n_cl_reference_ids=[(0, 0, reference)])
        self.assertEqual(note.l10n_cl_dte_id.waits_for_id, invoice.l10n_cl_dte_id)
