"""Notes that the law does not allow, refused with a sentence before anything is numbered."""

from odoo import Command
from odoo.exceptions import UserError

from .note_case import NoteCase


class TestNoteLimits(NoteCase):
    def partial(self, invoice, quantity):
        note = self.credit(invoice, l10n_cl_does="3")
        note.invoice_line_ids.quantity = quantity
        return note

    def test_larger_than_its_original(self):
        invoice = self.accepted()
        note = self.credit(invoice, l10n_cl_does="3")
        note.invoice_line_ids = [Command.create({"name": "Más", "price_unit": 500})]
        self.assert_refused(note, f"more than {invoice.name}, which is of $1.190")

    def test_sum_of_notes(self):
        invoice = self.accepted(lines=[{"quantity": 10}])
        first, second = self.partial(invoice, 6), self.partial(invoice, 5)
        first.action_post()
        self.assert_refused(second, f"only $4.760 are left after {first.name} ($7.140)")
        second.invoice_line_ids.quantity = 4
        self.assert_accepted(second)

    def test_posted_together(self):
        invoice = self.accepted(lines=[{"quantity": 10}])
        notes = self.partial(invoice, 6) + self.partial(invoice, 5)
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            notes.action_post()
        self.assertIn("only $4.760 are left", str(caught.exception))

    def test_a_debit_note_gives_back_what_it_annuls(self):
        invoice = self.accepted(lines=[{"quantity": 10}])
        first = self.partial(invoice, 6)
        self.assert_accepted(first)
        self.assert_accepted(self.debit(first))
        self.assert_accepted(self.partial(invoice, 9))

    def test_annulled_is_annulled(self):
        invoice = self.accepted()
        first, second = self.credit(invoice), self.credit(invoice)
        text = self.credit(invoice, l10n_cl_does="2", l10n_cl_right_text="Otro giro")
        self.assert_accepted(first)
        for note in second + text:
            self.assert_refused(note, f"{invoice.name} is annulled already, by {first.name}")

    def test_annul_repeats_exactly(self):
        note = self.credit(self.accepted(lines=[{"quantity": 2}]))
        note.invoice_line_ids.quantity = 1
        self.assert_refused(note, "repeats the lines and the total")

    def test_dearer_than_its_original(self):
        note = self.credit(self.accepted(lines=[{"quantity": 2, "discount": 10}]), l10n_cl_does="3")
        note.invoice_line_ids.write({"quantity": 1, "discount": 0})
        self.assert_refused(note, "its price after discount is above")

    def test_more_than_was_sold(self):
        note = self.credit(
            self.accepted(lines=[{"quantity": 2}, {"name": "Flete", "price_unit": 9000}]),
            l10n_cl_does="3",
        )
        note.invoice_line_ids[1].unlink()
        note.invoice_line_ids.quantity = 3
        self.assert_refused(note, "has not that many")

    def test_buyer_changed(self):
        invoice = self.accepted()
        note = self.credit(invoice)
        note.partner_id = self._create_customer(name="Otra SpA", vat="77123456-9")
        self.assert_refused(note, "This note is for RUT 77123456-9", "96790240-3")

    def test_rut_of_the_buyer_changed(self):
        note = self.credit(self.accepted())
        self.customer.vat = "77123456-9"
        self.assert_refused(note, "This note is for RUT 77123456-9")

    def test_over_a_rejected_document(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        invoice = self.post()
        note = self.credit(invoice)
        self.run_crons()
        self.assertEqual(invoice.l10n_cl_dte_state, "rejected")
        self.assert_refused(note, f"The SII rejected {invoice.name}")
        with self.assertRaisesRegex(UserError, "does not exist"):
            self.credit(invoice)

    def test_over_a_void_document(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        invoice = self.post()
        note = self.credit(invoice)
        self.run_crons()
        invoice.l10n_cl_dte_id.with_user(self.sii_manager()).action_void()
        self.assert_refused(note, "was given up")

    def test_over_a_folio_never_issued(self):
        reference = {
            "document_type_id": self.document_type(33).id,
            "folio": str(self.cafs[33].last),
            "code": "1",
        }
        note = self.draft(code=61, l10n_cl_reference_ids=[Command.create(reference)])
        self.assert_refused(note, "was never issued")

    def test_over_a_document_of_another_system(self):
        reference = {"document_type_id": self.document_type(33).id, "folio": "990001", "code": "1"}
        note = self.draft(code=61, l10n_cl_reference_ids=[Command.create(reference)])
        note.action_post()
        self.assertEqual(note.l10n_cl_dte_state, "signed")

    def test_credit_over_credit(self):
        invoice = self.accepted()
        first = self.credit(invoice)
        self.assert_accepted(first)
        reference = {
            "document_type_id": self.document_type(61).id,
            "folio": str(first.l10n_cl_dte_id.folio),
            "code": "1",
        }
        note = self.draft(code=61, l10n_cl_reference_ids=[Command.create(reference)])
        self.assert_refused(note, "make a debit note over it")

    def test_debit_annuls_no_invoice(self):
        note = self.debit(self.accepted())
        note.l10n_cl_reference_ids.code = "1"
        note.invoice_line_ids = [Command.create({"name": "Interés", "price_unit": 500})]
        self.assert_refused(note, "a debit note annuls credit notes only")
