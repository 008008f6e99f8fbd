"""What the certification asks for beside documents: books, answers, printed samples."""

import base64
import io
import zipfile

from lxml import etree

from odoo.addons.l10n_cl_sii.tests.note.note_case import NoteCase
from odoo.addons.l10n_cl_sii.tests.printed import PrintedPdf
from odoo.addons.l10n_cl_sii.tests.printing.print_case import PrintCase
from odoo.exceptions import UserError

from .test_certification import CertificationCase


class TestCertificationPapers(CertificationCase, PrintCase, NoteCase):
    def parsed(self, content):
        return etree.fromstring(base64.b64decode(content))

    def found(self, content, path):
        return [each.text for each in self.parsed(content).iterfind(f".//{{*}}{path}")]

    def test_sales_book(self):
        basic = self.carried_out("invoices", "basic")
        book = self.loaded("sales_book")
        book.action_make_book()
        self.assertEqual(self.found(book.book, "FolioNotificacion"), ["1"])
        self.assertEqual(self.found(book.book, "TotDoc"), ["4", "3", "1"])
        totals = [str(case.amount_total) for case in basic.case_ids]
        self.assertEqual(self.found(book.book, "Detalle/{*}MntTotal"), totals)
        book.action_make_book()
        self.assertEqual(self.found(book.book, "FolioNotificacion"), ["3"])

    def test_sales_book_needs_accepted_documents(self):
        self.load("invoices")
        with self.assertRaisesRegex(UserError, "make these first"):
            self.loaded("sales_book").action_make_book()

    def test_purchase_book(self):
        self.load("invoices")
        book = self.loaded("purchase_book")
        book.action_make_book()
        self.assertEqual(self.found(book.book, "TipoOperacion"), ["COMPRA"])
        self.assertEqual(self.found(book.book, "FctProp"), ["0.55"])
        supplier = self.certification.partner_ids[:1]
        self.assertEqual(set(self.found(book.book, "RUTDoc")), {supplier.vat})
        self.certification.partner_ids = False
        with self.assertRaisesRegex(UserError, "needs a supplier"):
            book.action_make_book()

    def test_daily_summary(self):
        boletas = self.carried_out("boletas", "boleta")
        boletas.action_make_book()
        total = sum(case.amount_total for case in boletas.case_ids)
        self.assertEqual(self.found(boletas.book, "MntTotal"), [str(total)])
        self.assertEqual(self.found(boletas.book, "FoliosUtilizados"), ["5"])
        self.assertEqual(self.found(boletas.book, "SecEnvio"), ["1"])

    def test_answers_to_an_envelope(self):
        envelope = self.carried_out("invoices", "basic").envio_id
        wizard = self.env["l10n_cl.certification.exchange"].create(
            {"certification_id": self.certification.id, "file": envelope.xml, "file_name": "e.xml"}
        )
        # every document of it is for somebody else: there is nothing to receive
        with self.assertRaisesRegex(UserError, "no receipt to give"):
            wizard.action_answer()
        self.company.vat = self.customer.vat
        self.issuer.invalidate_recordset()
        wizard.action_answer()
        states = self.found(wizard.reception, "EstadoRecepDTE")
        self.assertEqual((len(states), set(states)), (8, {"0", "3"}))
        self.assertEqual(self.found(wizard.reception, "EstadoRecepEnv"), ["0"])
        self.assertEqual(len(self.found(wizard.receipts, "Recibo")), states.count("0"))
        self.assertEqual(self.found(wizard.result, "EstadoDTE").count("0"), states.count("0"))

    def test_what_is_no_envelope(self):
        wizard = self.env["l10n_cl.certification.exchange"].create(
            {"certification_id": self.certification.id, "file": base64.b64encode(b"<a/>")}
        )
        with self.assertRaisesRegex(UserError, "no envelope"):
            wizard.action_answer()
        self.assertFalse(wizard.reception)

    def test_printed_samples(self):
        self.load("invoices")
        basic = self.loaded("basic")
        with self.assertRaisesRegex(UserError, "Make the documents"):
            basic.action_print_samples()
        basic.action_issue()
        with self.allow_pdf_render():
            basic.with_context(force_report_rendering=True).action_print_samples()
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(basic.samples)))
        names = archive.namelist()
        self.assertEqual(len(names), 12)
        self.assertEqual(sum("cedible" in name for name in names), 4)
        self.assertTrue(all(archive.read(name).startswith(b"%PDF") for name in names))

    def test_samples_of_boletas_are_stamped(self):
        move = self.boleta()
        certification = self.certification.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            zipped = base64.b64decode(certification._zipped(move))
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            [sample] = [PrintedPdf(archive.read(name)) for name in archive.namelist()]
        self.assertEqual([read for read, _box in sample.stamps()], [self.ted(move)])

    def simulated(self):
        invoices = self.env["account.move"].union(
            *(self.draft(code=code) for code in (33, 34, 33, 34, 33, 34, 33, 34))
        )
        original = self.post()
        self.run_crons()
        notes = self.credit(original) + self.draft(code=33)
        return invoices + notes

    def test_simulation(self):
        moves = self.simulated()
        self.certification.simulation_move_ids = moves[:9]
        with self.assertRaisesRegex(UserError, "10 to 100 documents"):
            self.certification.action_simulate()
        self.certification.simulation_move_ids = moves
        self.certification.action_simulate()
        with self.assertRaisesRegex(UserError, "on its way"):
            self.certification.action_simulate()
        envio = self.certification.simulation_envio_id
        self.assertEqual(envio.dte_ids, moves.l10n_cl_dte_id)
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})
        self.assertIn("10 of 10", self.certification.step_ids[2].known_text)
        with self.assertRaisesRegex(UserError, "choose new ones"):
            self.certification.action_simulate()
        with self.allow_pdf_render():
            certification = self.certification.with_context(force_report_rendering=True)
            certification.action_print_simulation()
        archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(certification.simulation_samples)))
        self.assertEqual(len(archive.namelist()), 5)  # 33 and 34 with a cedible copy, 61

    def test_simulation_is_refused_whole(self):
        moves = self.simulated()
        moves[4].partner_id = self.env["res.partner"].create({"name": "Sin RUT"})
        self.certification.simulation_move_ids = moves
        with self.assertRaises(UserError), self.cr.savepoint():
            self.certification.action_simulate()
        self.assertFalse(moves.l10n_cl_dte_ids)
        self.assertFalse(self.certification.simulation_envio_id)

    def test_steps(self):
        self.assertEqual(self.certification.step_ids.mapped("code"), list("0123456"))
        self.carried_out("boletas", "boleta")
        self.assertIn("1 of 1", self.certification.step_ids[1].known_text)
