"""Notes that annul, correct text and correct amounts, from the wizard to the SII's acceptance."""

from odoo import Command
from odoo.exceptions import UserError

from ...models.amounts.lines import whole_words
from .note_case import NoteCase

LINES = [
    {"quantity": 10, "price_unit": 333, "discount": 15},
    {"name": "Instalación", "price_unit": 5000},
    {"name": "Convenio", "price_unit": -100},
]


class TestNoteReasons(NoteCase):
    def test_annul_repeats_the_whole(self):
        invoice = self.accepted(lines=LINES)
        note = self.credit(invoice)
        self.assert_accepted(note)
        for path in ("NmbItem", "QtyItem", "MontoItem", "ValorDR", "MntNeto", "IVA", "MntTotal"):
            self.assertEqual(self.texts(note, path), self.texts(invoice, path), path)
        self.assertEqual(self.texts(note, "CodRef"), ["1"])
        self.assertEqual(self.texts(note, "RazonRef"), ["Por acuerdo"])

    def test_annul_and_invoice_again(self):
        invoice = self.accepted()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        again = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        note = invoice.reversal_move_ids
        self.assertEqual((note.state, again.state), ("posted", "draft"))
        self.run_crons()
        self.assertEqual(note.l10n_cl_dte_state, "accepted")

    def test_correct_text(self):
        invoice = self.accepted()
        before = self.customer.l10n_cl_activity_description
        self.customer.l10n_cl_activity_description = "Ferretería"
        note = self.credit(invoice, l10n_cl_does="2", l10n_cl_corrected="giro")
        self.assertEqual(len(note.invoice_line_ids), 1)
        self.assert_accepted(note)
        self.assertEqual(note.amount_total, 0)
        sentence = f"DONDE DICE GIRO {before} DEBE DECIR GIRO Ferretería"
        self.assertEqual(self.texts(note, "NmbItem"), [whole_words(sentence, 80)])
        self.assertEqual(self.texts(note, "DscItem"), [sentence] if len(sentence) > 80 else [])
        self.assertEqual(self.texts(note, "MntTotal"), ["0"])
        for path in ("QtyItem", "PrcItem", "IVA", "TasaIVA", "MntNeto"):
            self.assertFalse(self.texts(note, path), path)

    def test_what_corrects_nothing_is_not_made(self):
        """The card of the customer equals the document: nobody wrote what was wrong."""
        invoice = self.accepted()
        before = self.env["account.move"].search_count([])
        for texts in (
            {},
            {"l10n_cl_right_text": "  "},
            {"l10n_cl_wrong_text": "Guía  12 ", "l10n_cl_right_text": " Guía 12"},
        ):
            for make in (self.credit, self.debit):
                with self.assertRaises(UserError), self.cr.savepoint():
                    make(invoice, l10n_cl_does="2", **texts)
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_annul_a_text_note(self):
        note = self.credit(
            self.accepted(),
            l10n_cl_does="2",
            l10n_cl_corrected="other",
            l10n_cl_wrong_text="Guía 12",
            l10n_cl_right_text="Guía 21",
        )
        self.assert_accepted(note)
        debit = self.debit(note)
        self.assert_accepted(debit)
        self.assertEqual(self.texts(debit, "NmbItem"), self.texts(note, "NmbItem"))
        self.assertEqual(self.texts(debit, "MntTotal"), ["0"])
        self.assertEqual(self.texts(debit, "CodRef"), ["1"])

    def test_partial_return(self):
        invoice = self.accepted(lines=LINES[:2])
        note = self.credit(invoice, l10n_cl_does="3")
        note.invoice_line_ids = [
            Command.update(note.invoice_line_ids[0].id, {"quantity": 4}),
            Command.delete(note.invoice_line_ids[1].id),
        ]
        self.assert_accepted(note)
        self.assertEqual(self.texts(note, "DescuentoPct"), ["15"])
        self.assertEqual(self.texts(note, "CodRef"), ["3"])
        self.assertLess(note.amount_total, invoice.amount_total)

    def test_debit_annuls_a_credit_note(self):
        invoice = self.accepted(lines=LINES)
        note = self.credit(invoice)
        self.assert_accepted(note)
        debit = self.debit(note)
        self.assert_accepted(debit)
        self.assertEqual(self.texts(debit, "MntTotal"), self.texts(note, "MntTotal"))
        self.assertEqual(self.texts(debit, "TpoDocRef"), ["61"])
        # the invoice stands again, and can be annulled again
        self.assert_accepted(self.credit(invoice))

    def test_annul_in_other_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids = [Command.clear()] + [
            Command.create(
                {"name": day, "inverse_company_rate": rate, "company_id": self.company.id}
            )
            for day, rate in (("2026-10-20", 950.5), ("2026-11-01", 1000))
        ]
        invoice = self.post(currency_id=dollar.id, invoice_date="2026-10-20")
        self.run_crons()
        self.assert_accepted(self.credit(invoice))
        other_rate = self.draft(currency_id=dollar.id, invoice_date="2026-11-20")
        self.assertNotEqual(other_rate.invoice_currency_rate, invoice.invoice_currency_rate)

    def test_note_after_the_legal_term(self):
        invoice = self.post(invoice_date="2026-05-01")
        self.run_crons()
        note = self.credit(invoice)
        self.assertTrue(note.l10n_cl_late)
        self.assert_accepted(note)
        self.assertEqual(self.texts(note, "IndNoRebaja"), ["1"])
        recent = self.credit(self.accepted())
        self.assertFalse(recent.l10n_cl_late)
