"""The cedible copy: who has one, what it shows, where it comes out (PROTOCOL 6.3)."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user

from .print_case import CEDIBLE, PrintCase

ACKNOWLEDGEMENT = (
    "El acuse de recibo que se declara en este acto, de acuerdo a lo dispuesto en la letra b) del "
    "Art. 4°, y la letra c) del Art. 5° de la Ley 19.983, acredita que la entrega de mercaderías o "
    "servicio(s) prestado(s) ha(n) sido recibido(s)."
)


class TestCedible(PrintCase):
    def reference(self, move):
        values = {
            "document_type_id": move.l10n_latam_document_type_id.id,
            "l10n_cl_reference_doc_type_selection": move.l10n_latam_document_type_id.code,
            "folio": str(move.l10n_cl_dte_id.folio),
            "issued_on": "2026-02-02",
            "code": "1",
            "reason": "Anula",
        }
        return {"l10n_cl_reference_ids": [(0, 0, values)]}

    def offered(self, moves):
        report = self.env.ref(CEDIBLE)
        return report.id in report.get_valid_action_reports("account.move", moves.ids)

    def test_cedible_copy_carries_the_acknowledgement_and_the_word(self):
        for code in (33, 34):
            move = self.post(code=code)
            self.assertTrue(self.offered(move))
            printed = self.print_out(move, CEDIBLE)
            [page] = printed.pages
            self.assert_prints(printed, ACKNOWLEDGEMENT)
            for label in ("Acuse de recibo", "Nombre:", "R.U.T.:", "Recinto:", "Fecha:", "Firma:"):
                lower_right = [
                    place
                    for place in page.places(label)
                    if place[0] > page.width / 2 and place[1] > page.height / 2
                ]
                self.assertEqual(len(lower_right), 1, label)
            self.assertNotIn("Recibí conforme", printed.text)
            [(left, top, _right, _bottom)] = page.places("CEDIBLE")
            self.assertGreater(left, page.width / 2)
            self.assertGreater(top, page.height * 2 / 3)
            self.assertEqual([read for read, _box in page.stamps()], [self.ted(move)])

    def test_tax_copy_has_no_acknowledgement(self):
        printed = self.print_out(self.post())
        self.assertNotIn("CEDIBLE", printed.text)
        self.assertNotIn("cuse de recibo", printed.text)

    def test_what_cannot_be_ceded_has_no_cedible_copy(self):
        invoice = self.post()
        note = self.post(code=61, **self.reference(invoice))
        for move in (note, self.draft()):
            self.assertFalse(self.offered(move))
            with self.assertRaisesRegex(UserError, "no cedible copy"):
                self.print_out(move, CEDIBLE)

    def test_rejected_invoice_has_no_cedible_copy(self):
        move = self.post()
        self.sii.add_to_script({"on": "document", "do": "reject:DTE-3-505"})
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertFalse(self.offered(move))

    def test_mixed_selection_prints_what_there_is(self):
        invoice = self.post()
        note = self.post(code=61, **self.reference(invoice))
        self.assertTrue(self.offered(invoice + note))
        printed = self.print_out(note + invoice, CEDIBLE)
        self.assertEqual([read for read, _box in printed.stamps()], [self.ted(invoice)])

    def test_issuer_that_prints_none(self):
        self.issuer.print_cedible = "never"
        move = self.post()
        self.assertFalse(self.offered(move))
        with self.assertRaisesRegex(UserError, "no cedible copy"):
            self.print_out(move, CEDIBLE)

    def test_issuer_that_appends_it_to_every_pdf(self):
        self.issuer.print_cedible = "appended"
        invoice = self.post()
        note = self.post(code=61, **self.reference(invoice))
        tax_copy, cedible, of_note = self.print_out(invoice + note).pages
        self.assertTrue(cedible.shows("CEDIBLE") and cedible.shows(ACKNOWLEDGEMENT))
        self.assertEqual(tax_copy.stamps()[0][0], cedible.stamps()[0][0])
        self.assertFalse(tax_copy.shows("CEDIBLE") or of_note.shows("CEDIBLE"))

    def test_clerk_prints_it(self):
        move = self.post()
        groups = "base.group_user,account.group_account_invoice"
        clerk = new_test_user(self.env, "clerk", groups=groups, company_id=self.company.id)
        self.env = self.env(user=clerk)
        self.assertIn("CEDIBLE", self.print_out(move, CEDIBLE).text)


class TestCedibleInPortal(PrintCase, HttpCase):
    def test_buyer_sees_the_tax_copy_alone(self):
        self.issuer.print_cedible = "appended"
        answer = self.url_open(self.post().get_portal_url(report_type="html"))
        self.assertEqual(answer.status_code, 200)
        page = answer.content.decode()
        self.assertIn("Timbre Electrónico SII", page)
        self.assertNotIn("CEDIBLE", page)
