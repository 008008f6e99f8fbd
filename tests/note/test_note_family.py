"""Never is more credited than was invoiced, however notes hang on each other."""

from odoo import Command
from odoo.exceptions import UserError

from ...sii.codes import CodRef
from .note_case import NoteCase


class TestNoteFamily(NoteCase):
    def part(self, invoice, quantity=1, **values):
        """A draft that takes a part of an invoice, whose lines are its quantities."""
        note = self.credit(invoice, l10n_cl_does="3", **values)
        note.invoice_line_ids.quantity = quantity
        return note

    def undo(self, note):
        """A posted note that annuls another one."""
        undoing = self.credit(note) if note.move_type == "out_invoice" else self.debit(note)
        undoing.action_post()
        return undoing

    def typed(self, kind, folio, code, note_kind=61, price=1000):
        """A draft note over a document that this database does not hold."""
        reference = {
            "document_type_id": self.document_type(kind).id,
            "folio": folio,
            "code": code,
        }
        return self.draft(
            code=note_kind,
            lines=[{"price_unit": price}],
            l10n_cl_reference_ids=[Command.create(reference)],
            **({"l10n_cl_note_reason": "error"} if note_kind == 61 else {}),
        )

    def chain(self):
        """An invoice of 4760; a part of it credited, and that annulled; then all annulled."""
        invoice = self.post(lines=[{"quantity": 4}])
        part = self.part(invoice)
        part.action_post()
        debit = self.undo(part)
        whole = self.credit(invoice)
        whole.action_post()
        return invoice, part, debit, whole

    def test_a_credit_is_not_brought_back_over_an_annulled_invoice(self):
        invoice, part, debit, whole = self.chain()
        note = self.credit(debit)
        sentences = "The note is of $1.190", "only $0 are left", f"{invoice.name} ($4.760)"
        self.assert_refused(note, *sentences, f"{part.name} ($1.190)", f"{whole.name} ($4.760)")
        # what gives the whole back makes room again
        self.undo(whole)
        note.action_post()
        self.assert_refused(self.part(invoice, 4), "only $3.570 are left")
        self.part(invoice, 3).action_post()

    def test_the_last_part_may_be_a_peso_more_by_its_vat(self):
        """3 x 1003 is 3581 with VAT, a third of it 1194: what was sold can be given back."""
        invoice = self.post(lines=[{"quantity": 3, "price_unit": 1003}])
        self.run_crons()
        notes = self.env["account.move"]
        for _unit in range(3):
            note = self.part(invoice)
            note.action_post()
            notes |= note
        self.assertEqual(notes.mapped("amount_total"), [1194] * 3)
        self.assert_refused(self.part(invoice), "only $0 are left")
        self.run_crons()
        self.assertEqual(set(notes.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_posted_together(self):
        invoice = self.post(lines=[{"quantity": 4}])
        part = self.part(invoice)
        part.action_post()
        debit = self.undo(part)
        notes = self.credit(debit) + self.credit(invoice)
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            notes.action_post()
        self.assertIn("only $3.570 are left", str(caught.exception))
        with self.assertRaises(UserError), self.cr.savepoint():
            notes[::-1].action_post()
        self.assertEqual(set(notes.mapped("state")), {"draft"})

    def test_an_annulment_that_comes_back_annuls_again(self):
        invoice = self.post()
        whole = self.credit(invoice)
        whole.action_post()
        again = self.undo(self.undo(whole))
        self.assertTrue(again.l10n_cl_dte_id)
        text = self.credit(invoice, l10n_cl_does="2", l10n_cl_right_text="Otro giro")
        self.assert_refused(text, f"{invoice.name} is annulled already, by {whole.name}")

    def test_rejected_notes_do_not_count(self):
        invoice = self.accepted(lines=[{"quantity": 4}])
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        part = self.part(invoice, 3)
        part.action_post()
        self.run_crons()
        self.assertEqual(part.l10n_cl_dte_state, "rejected")
        other = self.part(invoice, 2)
        self.assert_accepted(other)
        part.button_draft()
        self.assert_refused_again(part, f"only $2.380 are left after {other.name}")
        part.invoice_line_ids.quantity = 2
        self.assert_accepted(part)

    def assert_refused_again(self, note, phrase):
        with self.assertRaisesRegex(UserError, phrase.replace("$", r"\$")), self.cr.savepoint():
            note.action_post()

    def test_a_note_waits_for_the_one_that_made_room(self):
        invoice = self.accepted(lines=[{"quantity": 4}])
        part = self.part(invoice)
        self.assert_accepted(part)
        debit = self.undo(part)
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        whole = self.credit(invoice)
        whole.action_post()
        self.assertEqual(whole.l10n_cl_dte_id.waits_for_id, debit.l10n_cl_dte_id)
        self.run_crons()
        self.assertEqual((debit.l10n_cl_dte_state, whole.l10n_cl_dte_state), ("rejected", "signed"))
        self.assertIn(f"the SII rejected {debit.name}", whole.l10n_cl_dte_waiting_text)
        debit.button_draft()
        debit.action_post()
        self.run_crons()
        self.run_crons()
        self.assertEqual(whole.l10n_cl_dte_state, "accepted", whole.l10n_cl_dte_sii_text)

    def test_a_part_that_fits_anyway_waits_for_nobody(self):
        invoice = self.accepted(lines=[{"quantity": 4}])
        part = self.part(invoice)
        self.assert_accepted(part)
        self.undo(part)
        small = self.part(invoice, 2)
        small.action_post()
        self.assertEqual(small.l10n_cl_dte_id.waits_for_id, invoice.l10n_cl_dte_id)

    def test_a_rejected_invoice_is_corrected_to_no_less_than_its_notes(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        invoice = self.post(lines=[{"quantity": 4}])
        part = self.part(invoice, 3)
        part.action_post()
        self.run_crons()
        self.assertEqual(invoice.l10n_cl_dte_state, "rejected")
        invoice.button_draft()
        invoice.invoice_line_ids.quantity = 2
        self.assert_refused_again(invoice, f"less than what its notes take: {part.name}")
        invoice.invoice_line_ids.quantity = 3
        invoice.action_post()
        self.run_crons()
        self.run_crons()
        self.assertEqual(part.l10n_cl_dte_state, "accepted", part.l10n_cl_dte_sii_text)

    def test_over_what_this_database_does_not_hold(self):
        self.typed(33, "990001", "3", price=400).action_post()
        # nobody knows of how much it is, until a note annuls the whole
        self.assert_refused(self.typed(33, "990001", "1"), "but of", "only $714 are left")
        first = self.typed(33, "00990002", "1")
        first.action_post()
        again = self.typed(33, "990002", "1")
        self.assert_refused(again, "990002 is annulled already, by " + first.name)
        self.undo(first)
        again.action_post()

    def test_a_credit_note_of_another_system_is_annulled_once(self):
        self.typed(61, "990001", "1", note_kind=56).action_post()
        again = self.typed(61, "990001", "1", note_kind=56)
        self.assert_refused(again, "is annulled already, by")

    def test_many_at_once_are_no_single_document(self):
        for _time in range(2):
            note = self.typed(39, "0", "3")
            note.l10n_cl_reference_ids.is_global = True
            note.action_post()
            self.assertTrue(note.l10n_cl_dte_id)

    def test_recorded_as_another_systems(self):
        """Its invoice and its own notes count as those that were issued here."""
        journal = self.company_data["default_journal_sale"].copy({"name": "Facturador antiguo"})
        journal.l10n_cl_issued_elsewhere = True
        invoice = self.draft(journal_id=journal.id, lines=[{"quantity": 4}])
        invoice.l10n_latam_document_number = "77"
        invoice.action_post()
        theirs = self.part(invoice, 1, journal_id=journal.id)
        theirs.l10n_latam_document_number = "8"
        theirs.action_post()
        self.assertFalse(theirs.l10n_cl_dte_id)
        here = self.company_data["default_journal_sale"]
        self.assert_refused(
            self.part(invoice, 4, journal_id=here.id), "only $3.570 are left", theirs.name
        )
        ours = self.part(invoice, 3, journal_id=here.id)
        ours.action_post()
        self.assertTrue(ours.l10n_cl_dte_id.folio)
        self.assert_refused(self.part(invoice, 1, journal_id=here.id), "only $0 are left")

    def test_one_note_over_several(self):
        invoices = self.post() + self.post()
        note = self.credit(invoices[0], l10n_cl_does="3", l10n_cl_note_reason="error")
        note.write(invoices[1]._l10n_cl_note_values(CodRef.CORRECTS_AMOUNTS, "Por acuerdo"))
        note.invoice_line_ids = [Command.create({"name": "Saldo", "price_unit": 500})]
        note.action_post()
        self.assertEqual(note.amount_total, 1690)
        self.assert_refused(self.credit(invoices[1]), "only $690 are left", note.name)
        half = self.credit(invoices[1], l10n_cl_does="3")
        half.invoice_line_ids.quantity = 0.5
        half.action_post()

    def test_as_many_queries_for_a_long_chain(self):
        invoice = self.post(lines=[{"quantity": 4}])
        note = self.part(invoice)
        note.action_post()
        short = self.queries_of(self.debit(note))
        for _time in range(4):
            note = self.undo(self.undo(note))
        self.assertLessEqual(self.queries_of(self.debit(note)), short)

    def queries_of(self, draft):
        document = draft._l10n_cl_document()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertFalse(draft._l10n_cl_family(document).rule.shortfall(("56", 0)))
        return self.cr.sql_log_count - before
