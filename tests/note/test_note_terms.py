"""Credit notes by their reason: asked, proposed where it shows, with the term that it has."""

import base64
from datetime import date, datetime, time, timedelta

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning
from odoo.tests import Form

from ...sii.clock import today
from ...sii.codes import NoteReason
from ...sii.document import payload
from ...sii.printing import sheet, words
from ...sii.rules.note_terms import end_of_next_period, months_later
from .note_case import NoteCase

DAY = timedelta(days=1)
LONG_AGO = 400 * DAY


class TestNoteTerms(NoteCase):
    def issued(self, day):
        """An invoice of a day, signed."""
        return self.post(invoice_date=day)

    def wizard(self, moves):
        context = {"active_model": "account.move", "active_ids": moves.ids}
        return Form(self.env["account.move.reversal"].with_context(**context))

    def made(self, form):
        return self.env["account.move"].browse(form.save().reverse_moves()["res_id"])

    def over(self, day, code="3", kind=33, **values):
        """The draft of a note by hand over a document of another system."""
        reference = {
            "document_type_id": self.document_type(kind).id,
            "folio": "990001",
            "issued_on": day,
            "code": code,
        }
        return self.draft(61, l10n_cl_reference_ids=[Command.create(reference)], **values)

    def document(self, note):
        return payload.load(note.sudo().l10n_cl_dte_id.payload)

    def test_the_wizard_asks_first_and_shows_what_follows(self):
        invoice = self.issued(today() - LONG_AGO)
        form = self.wizard(invoice)
        self.assertEqual(form.l10n_cl_note_reason, "return")
        self.assertEqual(form.l10n_cl_delivered_on, invoice.invoice_date)
        self.assertEqual(form.l10n_cl_returned_on, today())
        self.assertTrue(form.l10n_cl_late)
        self.assertIn("art. 126 CT", form.l10n_cl_term_text)
        form.l10n_cl_note_reason = "error"
        self.assertTrue(form.l10n_cl_late)
        self.assertFalse(form.l10n_cl_returned_on)
        form.l10n_cl_note_reason = "discount"
        self.assertFalse(form.l10n_cl_late)
        self.assertIn("no term", form.l10n_cl_term_text)
        self.assertEqual(form.l10n_cl_does, "3")
        note = self.made(form)
        self.assertEqual((note.l10n_cl_note_reason, note.l10n_cl_late), ("discount", False))

    def test_six_months_are_counted_to_the_day_of_the_return(self):
        invoice = self.issued(today() - LONG_AGO)
        for days, late in ((0, False), (1, True)):
            form = self.wizard(invoice)
            form.l10n_cl_returned_on = months_later(invoice.invoice_date, 6) + days * DAY
            self.assertIs(form.l10n_cl_late, late)
            note = self.made(form)
            self.assertIs(note.l10n_cl_late, late)
        note.action_post()
        self.assertEqual(self.texts(note, "IndNoRebaja"), ["1"])
        printed = sheet.read(base64.b64decode(note.l10n_cl_dte_id.xml))
        self.assertIn(("IVA", "No rebaja débito fiscal"), list(words.header_rows(printed)))
        self.assertEqual(self.document(note).note_reason, NoteReason.RETURN)
        self.assertEqual(self.document(note).returned_on, note.l10n_cl_returned_on)

    def test_delivered_later_than_invoiced(self):
        invoice = self.issued(today() - LONG_AGO)
        invoice.sudo().delivery_date = today() - 30 * DAY
        form = self.wizard(invoice)
        self.assertEqual(form.l10n_cl_delivered_on, today() - 30 * DAY)
        # goods that travelled with the document were delivered when they left, or arrived
        left, arrived = today() - 40 * DAY, today() - 38 * DAY
        invoice.sudo().l10n_cl_departs_at = datetime.combine(left, time(15))
        self.assertEqual(self.wizard(invoice).l10n_cl_delivered_on, left)
        invoice.sudo().l10n_cl_arrives_on = arrived
        self.assertEqual(self.wizard(invoice).l10n_cl_delivered_on, arrived)
        invoice.sudo().write({"l10n_cl_departs_at": False, "l10n_cl_arrives_on": False})
        note = self.made(form)
        self.assertFalse(note.l10n_cl_late)
        form = self.wizard(invoice)
        form.l10n_cl_delivered_on = invoice.invoice_date
        note = self.made(form)
        self.assertTrue(note.l10n_cl_late)
        note.invoice_line_ids.name = "Otra"
        self.assertEqual(note.l10n_cl_delivered_on, invoice.invoice_date)

    def test_an_error_has_its_month_and_the_next(self):
        last_month = today().replace(day=1) - DAY
        for day, late in ((last_month.replace(day=1), False), (last_month - 40 * DAY, True)):
            self.assertIs(today() > end_of_next_period(day), late)
            form = self.wizard(self.issued(day))
            form.l10n_cl_note_reason = "error"
            note = self.made(form)
            self.assertIs(note.l10n_cl_late, late)
            note.action_post()
            self.assertEqual(self.texts(note, "IndNoRebaja"), ["1"] if late else [])

    def test_a_discount_after_a_year(self):
        note = self.over(today() - LONG_AGO, l10n_cl_note_reason="discount")
        note.action_post()
        self.assertEqual(self.texts(note, "IndNoRebaja"), [])
        self.assertEqual(self.document(note).note_reason, NoteReason.DISCOUNT)

    def test_a_part_is_for_a_person_to_explain(self):
        """No original in this database: nothing shows whether it came back or got cheaper."""
        note = self.over(today() - 40 * DAY)
        self.assertFalse(note.l10n_cl_note_reason)
        with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
            note.action_post()
        text, action, button, *_rest = caught.exception.args
        self.assertIn("say why this credit note is made", text)
        self.assertEqual((action["res_id"], action["target"]), (note.id, "new"))
        self.assertTrue(button)
        self.assertEqual(note.state, "draft")
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        with Form(note, view=view) as form:
            form.l10n_cl_note_reason = "discount"
        note.action_post()
        self.assertEqual(note.l10n_cl_dte_state, "signed")

    def test_in_the_wizard_a_part_is_for_a_person_to_explain_too(self):
        form = self.wizard(self.issued(today()))
        self.assertEqual(form.l10n_cl_note_reason, "return")
        form.l10n_cl_does = "3"
        self.assertFalse(form.l10n_cl_note_reason)
        self.assertFalse(form.l10n_cl_returned_on)
        with self.assertRaises(AssertionError):
            form.save()
        # what somebody chose stays
        for reason in ("return", "error", "discount"):
            form.l10n_cl_note_reason = reason
            self.assertEqual((form.l10n_cl_does, form.l10n_cl_note_reason), ("3", reason))
        form.l10n_cl_does = "1"
        form.l10n_cl_note_reason = "error"
        form.l10n_cl_does = "3"
        self.assertEqual(self.made(form).l10n_cl_note_reason, "error")

    def test_lines_state_what_came_back(self):
        invoice = self.accepted(lines=[{"quantity": 10, "discount": 10}, {"name": "Flete"}])
        note = self.credit(invoice, l10n_cl_does="3")
        note.invoice_line_ids[1].unlink()
        note.invoice_line_ids.quantity = 4
        self.assertEqual(note.l10n_cl_note_reason, "return")
        for change in ({"price_unit": 900}, {"discount": 20}, {"quantity": 12}):
            before = {name: note.invoice_line_ids[name] for name in change}
            note.invoice_line_ids.write(change)
            self.assertFalse(note.l10n_cl_note_reason, change)
            note.invoice_line_ids.write(before)
            self.assertEqual(note.l10n_cl_note_reason, "return")
        # what a person chose stays
        note.l10n_cl_note_reason = "error"
        note.invoice_line_ids.quantity = 3
        self.assertEqual(note.l10n_cl_note_reason, "error")

    def test_a_choice_in_the_form_stays(self):
        note = self.credit(self.accepted(lines=[{"quantity": 2}]), l10n_cl_does="3")
        with Form(note) as form:
            form.l10n_cl_note_reason = "discount"
            with form.invoice_line_ids.edit(0) as line:
                line.quantity = 1
            self.assertEqual(form.l10n_cl_note_reason, "discount")
        self.assertEqual(note.l10n_cl_note_reason, "discount")

    def test_by_hand_with_a_line_in_the_history(self):
        note = self.over(today() - LONG_AGO, "1")
        self.assertEqual((note.l10n_cl_note_reason, note.l10n_cl_late), ("return", True))
        note.l10n_cl_late = False
        self.assertIn("Set by hand", note.message_ids[0].body)
        note.action_post()
        self.assertEqual(self.texts(note, "IndNoRebaja"), [])
        self.assertIsNone(self.document(note).note_reason)
        with self.assertRaises(AccessError), self.cr.savepoint():
            note.l10n_cl_note_reason = "error"
        with self.assertRaises(AccessError), self.cr.savepoint():
            note.l10n_cl_returned_on = today() - LONG_AGO

    def test_days_that_cannot_be(self):
        for returned, phrase in (
            (today() + DAY, "cannot come back"),
            (today() - 41 * DAY, "before they were delivered"),
        ):
            note = self.over(today() - 40 * DAY, "1", l10n_cl_returned_on=returned)
            self.assert_refused(note, phrase)

    def test_days_mistyped_beyond_the_calendar(self):
        note = self.over(today(), "1")
        note.l10n_cl_delivered_on = date.max
        self.assertFalse(note.l10n_cl_late)
        note.l10n_cl_departs_at = datetime.min
        self.assertTrue(note._l10n_cl_departure())

    def test_what_programs_write_as_typed(self):
        note = self.over(today(), "1")
        for typed in (5, "l10n_cl_late", {"l10n_cl_late": 1}, [1, None, "l10n_cl_note_reason"]):
            note.l10n_cl_note_typed = typed
            note.l10n_cl_note_reason = "error"
            note.invoice_line_ids.quantity += 1
            self.assertEqual(note.l10n_cl_note_reason, "error")
            note.l10n_cl_note_reason = "return"

    def test_a_discount_annuls_nothing(self):
        note = self.over(today(), "1", l10n_cl_note_reason="discount")
        self.assert_refused(note, "a discount takes off amounts")

    def test_a_note_over_a_debit_note(self):
        for days, late in ((0, False), (70, True)):
            note = self.over(today() - days * DAY, "1", 56)
            self.assertEqual((note.l10n_cl_note_reason, note.l10n_cl_late), ("error", late))

    def test_what_corrects_text_has_no_reason(self):
        note = self.credit(self.accepted(), l10n_cl_does="2", l10n_cl_right_text="Otro giro")
        self.assertFalse(note.l10n_cl_asks_reason)
        self.assertFalse(note.l10n_cl_note_reason)
        debit = self.draft(56)
        self.assertFalse(debit.l10n_cl_asks_reason)

    def test_the_document_has_its_reason_where_nobody_wrote_one(self):
        invoice = self.accepted()
        note = self.credit(invoice, reason=False, l10n_cl_note_reason="error")
        note.action_post()
        [reason] = self.texts(note, "RazonRef")
        self.assertRegex(reason, rf"^{note.l10n_cl_reference_ids.reason}: \w+")

    def test_a_draft_of_before_is_asked(self):
        """As the upgrade leaves it: without reason, and with its answer on the VAT."""
        note = self.over(today() - LONG_AGO, "1")
        self.env.flush_all()
        self.cr.execute(
            "UPDATE account_move SET l10n_cl_note_reason = NULL, l10n_cl_late = true WHERE id = %s",
            [note.id],
        )
        self.env.invalidate_all()
        with self.assertRaises(RedirectWarning), self.cr.savepoint():
            note.action_post()
        note.l10n_cl_note_reason = "return"
        note.action_post()
        self.assertEqual(self.texts(note, "IndNoRebaja"), ["1"])
