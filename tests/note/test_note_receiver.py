"""Where the receiver of a note is: as on the card, or as in the changed document (HED-3-845)."""

from odoo import Command

from .note_case import NoteCase

PATHS = ("Receptor/{*}DirRecep", "Receptor/{*}CmnaRecep")


class TestNoteReceiver(NoteCase):
    def place(self, move):
        return [text for path in PATHS for text in self.texts(move, path)]

    def test_as_on_the_card(self):
        invoice = self.accepted()
        self.customer.street = "Los Cerezos 7"
        note = self.credit(invoice)
        self.assert_accepted(note)
        self.assertEqual(self.place(note)[0], "Los Cerezos 7")

    def test_as_in_the_original_when_the_contact_has_lost_it(self):
        invoice = self.accepted(lines=[{"quantity": 3}])
        before = self.place(invoice)
        self.assertEqual(len(before), 2)
        for lost in ({"street": False}, {"city_id": False}):
            self.customer.write(lost)
            note = self.credit(invoice, l10n_cl_does="3")
            note.invoice_line_ids.quantity = 1
            self.assert_accepted(note)
            self.assertEqual(self.place(note), before)
            self.assertEqual(self.place(invoice), before)

    def test_asked_for_when_nobody_knows_it(self):
        self.customer.street = False
        for code in ("1", "3"):
            reference = {
                "document_type_id": self.document_type(33).id,
                "folio": "990001",
                "code": code,
            }
            note = self.draft(
                code=61,
                l10n_cl_reference_ids=[Command.create(reference)],
                l10n_cl_note_reason="error",
            )
            self.assert_refused(note, "street")
        self.customer.street = "Los Cerezos 7"
        note.action_post()
        self.assertEqual(note.l10n_cl_dte_state, "signed")
