"""The wizards offer what the format's table allows, and make several notes at once."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form

from ...sii import kinds
from ...sii.codes import CodRef, TipoDte
from .note_case import NoteCase


class TestNoteWizards(NoteCase):
    def wizard(self, moves, model="account.move.reversal"):
        context = {"active_model": "account.move", "active_ids": moves.ids}
        return self.env[model].with_context(**context)

    def test_offers_are_those_of_the_table(self):
        invoice = self.post()
        credit = self.credit(invoice)
        credit.action_post()
        debit = self.debit(credit)
        debit.action_post()
        makes = {
            "account.move.reversal": TipoDte.NOTA_CREDITO,
            "account.debit.note": TipoDte.NOTA_DEBITO,
        }
        for model, kind in makes.items():
            for move in invoice + credit:
                wizard = self.wizard(move, model).new({"move_ids": move.ids})
                code = move.l10n_latam_document_type_id.code
                allowed = {
                    str(each.value)
                    for each in CodRef
                    if kinds.of(kind).may_change(kinds.of(code), each)
                }
                self.assertEqual(set(wizard._l10n_cl_possible()), allowed, (model, code))
                shown = wizard.fields_get(["l10n_cl_does"])["l10n_cl_does"]["selection"]
                self.assertLessEqual(allowed, set(dict(shown)))
        shown = self.env["account.debit.note"].fields_get()["l10n_cl_does"]["selection"]
        self.assertEqual(set(dict(shown)), {"1", "3"})
        with self.assertRaisesRegex(UserError, "a debit note corrects no text"):
            self.debit(invoice, l10n_cl_does="2")

    def test_a_debit_note_over_an_invoice_has_nothing_to_choose(self):
        invoice = self.post()
        with Form(self.wizard(invoice, "account.debit.note")) as form:
            self.assertEqual(form.l10n_cl_does, "3")
            self.assertTrue(form.l10n_cl_must_do)
            self.assertTrue(form._get_modifier("l10n_cl_does", "invisible"))
        with self.assertRaisesRegex(UserError, "a debit note annuls credit notes only"):
            self.debit(invoice, l10n_cl_does="1")
        credit = self.credit(invoice)
        credit.action_post()
        with Form(self.wizard(credit, "account.debit.note")) as form:
            self.assertEqual(form.l10n_cl_does, "1")
            self.assertFalse(form.l10n_cl_must_do)

    def test_no_credit_note_over_a_credit_note(self):
        credit = self.credit(self.post())
        credit.action_post()
        with self.assertRaisesRegex(UserError, "make a debit note over it"):
            self.credit(credit)

    def many(self, **values):
        """Invoices of two customers, one of them of three months ago."""
        old = fields.Date.subtract(self.today_of_chile(), months=3)
        other = self._create_customer(name="Otra SpA", vat="77123456-9")
        return self.post(invoice_date=old) + self.post(partner_id=other.id)

    def today_of_chile(self):
        return self.env["account.move.reversal"].default_get(["date"])["date"]

    def test_several_at_once(self):
        moves = self.many()
        with Form(self.wizard(moves)) as form:
            form.l10n_cl_note_reason = "error"
            self.assertTrue(form.l10n_cl_late)
            old, new = form.l10n_cl_term_text.split("\n")
            form.reason = "Se anulan"
        self.assertIn(f"{moves[0].display_name}: Too late", old)
        self.assertIn(f"{moves[1].display_name}: It lowers", new)
        action = form.record.reverse_moves()
        notes = self.env["account.move"].search(action["domain"]).sorted("id")
        self.assertEqual(notes.reversed_entry_id, moves)
        self.assertEqual(set(notes.mapped("l10n_latam_document_type_id.code")), {"61"})
        self.assertEqual(set(notes.mapped("l10n_cl_note_reason")), {"error"})
        late = {note.reversed_entry_id: note.l10n_cl_late for note in notes}
        self.assertEqual(late, {moves[0]: True, moves[1]: False})
        for note in notes:
            original = note.reversed_entry_id.l10n_cl_dte_id
            self.assertEqual(note.l10n_cl_reference_ids.folio, str(original.folio))
        notes.action_post()
        self.assertEqual(len(set(notes.mapped("name"))), 2)
        self.assertEqual(set(notes.mapped("l10n_cl_dte_state")), {"signed"})

    def test_several_debit_notes_at_once(self):
        invoices = self.post() + self.post()
        wizard = self.wizard(invoices, "account.debit.note").create({"copy_lines": True})
        notes = self.env["account.move"].search(wizard.create_debit()["domain"])
        self.assertEqual(notes.l10n_latam_document_type_id.code, "56")
        self.assertEqual(notes.debit_origin_id, invoices)
        notes.action_post()
        self.assertEqual(set(notes.mapped("l10n_cl_dte_id.document_code")), {56})

    def test_several_returns_have_a_delivery_each(self):
        moves = self.many()
        moves[0].sudo().delivery_date = moves[0].invoice_date
        with Form(self.wizard(moves)) as form:
            self.assertEqual(form.l10n_cl_note_reason, "return")
            self.assertFalse(form.l10n_cl_delivered_on)
            self.assertTrue(form._get_modifier("l10n_cl_delivered_on", "invisible"))
        action = form.record.reverse_moves()
        notes = self.env["account.move"].search(action["domain"])
        for note in notes:
            self.assertEqual(note.l10n_cl_delivered_on, note.reversed_entry_id.invoice_date)

    def test_each_has_its_own_obstacle(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        moves = self.post()
        self.run_crons()
        moves |= self.post()
        with self.assertRaisesRegex(UserError, f"The SII rejected {moves[0].name}"):
            self.wizard(moves).create({"journal_id": moves[0].journal_id.id}).reverse_moves()
        first, second = self.post(), self.post()
        self.credit(first).action_post()
        wizard = self.wizard(first + second).create({"journal_id": first.journal_id.id})
        notes = self.env["account.move"].search(wizard.reverse_moves()["domain"])
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            notes.action_post()
        self.assertIn(f"{first.name} is annulled already", str(caught.exception))
        self.assertNotIn(second.name, str(caught.exception))

    def test_texts_are_corrected_one_at_a_time(self):
        moves = self.many()
        values = {"l10n_cl_does": "2", "journal_id": moves.journal_id.id}
        wizard = self.wizard(moves).create(values)
        with self.assertRaisesRegex(UserError, "one at a time"):
            wizard.reverse_moves()

    def test_what_others_number_stays_with_odoo(self):
        credit = self.credit(self.post())
        credit.action_post()
        with self.assertRaisesRegex(UserError, credit.name):
            Form(self.wizard(self.post() + credit))
