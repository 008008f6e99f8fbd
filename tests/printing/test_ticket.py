"""The ticket on a roll of 80 mm, rendered by the real wkhtmltopdf (PROTOCOL 6.3)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..printed import QUIET
from .print_case import TICKET, PrintCase

PAPER = 80


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTicket(PrintCase):
    def lines(self, count):
        return [{"name": f"Artículo número {number}"} for number in range(1, count + 1)]

    def test_it_shows_what_the_law_wants_on_one_strip(self):
        freight = {"name": "Flete", "tax_ids": False}
        move = self.post(lines=[{"quantity": 3, "discount": 10}, freight])
        printed = self.print_out(move, TICKET)
        [page] = printed.pages
        self.assertAlmostEqual(page.width, PAPER, delta=1)
        self.assert_prints(
            printed,
            "R.U.T.: 76.354.771-K",
            "FACTURA ELECTRÓNICA",
            f"N° {move.l10n_cl_dte_id.folio}",
            "S.I.I. - SANTIAGO ORIENTE",
            "Comercializadora Ñandú SpA",
            "Venta de materiales eléctricos",
            "Av. Providencia 1234",
            "Distribuidora Peñalolén Ltda.",
            "96.790.240-3",
            "Cable de cobre Ñ 3x2,5",
            "x $ 1.000",
            "Monto exento $ 1.000",
            "IVA (19%) $ 513",
            "Total $ 4.213",
            "Timbre Electrónico SII Res. 0 de 2019 Verifique documento: www.sii.cl o en",
        )

    def test_the_stamp_reads_back_as_signed(self):
        move = self.post(lines=[{"name": "Jabón <ñandú> & más", "price_unit": 12990}])
        [page] = self.print_out(move, TICKET).pages
        [(read, (left, top, right, bottom))] = page.stamps()
        self.assertEqual(read, self.ted(move))
        self.assertTrue(50 < right - left < 90, f"{right - left} mm wide")
        self.assertTrue(20 < bottom - top < 40, f"{bottom - top} mm high")
        self.assertTrue(page.is_alone((left, top, right, bottom), QUIET))
        self.assertTrue(left > QUIET and PAPER - right > QUIET)

    def test_the_box_stands_in_the_middle(self):
        [page] = self.print_out(self.post(), TICKET).pages
        left, right = page.black_box()
        self.assertAlmostEqual((left + right) / 2, PAPER / 2, delta=2)
        self.assertTrue(55 <= right - left <= 80, f"{right - left} mm wide")

    def test_paper_is_as_long_as_the_ticket(self):
        short, long = self.post(), self.post(lines=self.lines(60))
        [page] = self.print_out(short, TICKET).pages
        [strip] = self.print_out(long, TICKET).pages
        self.assertLess(page.height, 175)
        self.assertGreater(strip.height, page.height + 60 * 5)
        self.assertTrue(strip.shows("Artículo número 60"))
        self.assertEqual([read for read, _box in strip.stamps()], [self.ted(long)])

    def test_a_batch_gives_each_document_its_strip(self):
        moves = self.post() + self.post(lines=self.lines(30))
        pages = self.print_out(moves, TICKET).pages
        self.assertEqual(len(pages), 2)
        stamps = [page.stamps()[0][0] for page in pages]
        self.assertEqual(stamps, [self.ted(move) for move in moves])

    def test_qr_codes(self):
        self.issuer.write({"print_qr": True, "ticket_page_qr": True})
        move = self.post()
        [page] = self.print_out(move, TICKET).pages
        self.assertEqual(
            {read for read, _box in page.qr_codes()},
            {self.ted(move), move.l10n_cl_public_url().encode()},
        )

    def test_nothing_unsigned_has_a_ticket(self):
        with self.assertRaisesRegex(UserError, "is not signed: there is no ticket"):
            self.print_out(self.draft(), TICKET)
        rejected = self.post()
        self.sii.add_to_script({"on": "document", "do": "reject:DTE-3-505"})
        self.run_crons()
        self.assertEqual(rejected.l10n_cl_dte_state, "rejected")
        with self.assertRaisesRegex(UserError, "is not signed: there is no ticket"):
            self.print_out(self.post() + rejected, TICKET)

    def test_a_note_names_what_it_refers_to(self):
        invoice = self.post()
        reference = {
            "document_type_id": invoice.l10n_latam_document_type_id.id,
            "l10n_cl_reference_doc_type_selection": "33",
            "folio": str(invoice.l10n_cl_dte_id.folio),
            "issued_on": "2026-02-02",
            "code": "1",
            "reason": "Anula por devolución",
        }
        note = self.post(code=61, l10n_cl_reference_ids=[(0, 0, reference)])
        self.assert_prints(
            self.print_out(note, TICKET),
            "NOTA DE CRÉDITO ELECTRÓNICA",
            f"Factura Electrónica N° {invoice.l10n_cl_dte_id.folio} del 02-02-2026 Anula por",
        )
