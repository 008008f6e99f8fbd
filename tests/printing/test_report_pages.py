"""Long documents and batches of them, on both papers (PROTOCOL 6.3)."""

from odoo.tests import tagged

from ..printed import QUIET, PrintedPdf
from .print_case import CEDIBLE, INVOICE, TICKET, PrintCase

BOX = "FACTURA ELECTRÓNICA"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPages(PrintCase):
    def lines(self, count):
        return [{"name": f"Artículo número {number}"} for number in range(1, count + 1)]

    def test_twenty_lines_make_one_page(self):
        self.issuer.print_qr = True
        move = self.post(lines=self.lines(20))
        for paper, height in (("euro", 297), ("us", 279)):
            for report in (INVOICE, CEDIBLE):
                with self.subTest(paper=paper, report=report):
                    self.use_paper(paper)
                    printed = self.print_out(move, report)
                    [page] = printed.pages
                    self.assertTrue(page.shows("Página 1 de 1"))
                    self.assertAlmostEqual(page.height, height, delta=1)
                    self.assert_prints(printed, BOX, "Artículo número 20", "$ 23.800")
                    [(read, (left, top, right, bottom))] = page.stamps()
                    self.assertEqual(read, self.ted(move))
                    self.assertTrue(20 < left < right < page.width / 2)
                    self.assertTrue(50 < right - left < 90)
                    self.assertTrue(20 < bottom - top < 40)
                    self.assertTrue(height / 2 < top < bottom < height)
                    self.assertTrue(page.is_alone((left, top, right, bottom), QUIET))

    def test_twenty_discounted_lines_with_references_make_one_page(self):
        reference = {
            "document_type_id": self.document_type(33).id,
            "l10n_cl_reference_doc_type_selection": "33",
            "folio": "17",
            "issued_on": "2026-02-02",
            "reason": "Despacho parcial",
        }
        self.use_paper("us")
        move = self.post(
            lines=[{**line, "discount": 10} for line in self.lines(20)],
            l10n_cl_reference_ids=[(0, 0, {**reference, "folio": str(n)}) for n in (17, 18, 19)],
            narration="<p>La mora devenga el interés máximo convencional.</p>",
        )
        printed = self.print_out(move, CEDIBLE)
        self.assertEqual(len(printed.pages), 1)
        self.assert_prints(printed, "Artículo número 20", "interés máximo", "CEDIBLE")
        self.assertEqual([read for read, _box in printed.stamps()], [self.ted(move)])

    def test_sixty_lines_begin_with_the_box_and_end_with_the_stamp(self):
        move = self.post(lines=self.lines(60))
        for paper in ("euro", "us"):
            with self.subTest(paper=paper):
                self.use_paper(paper)
                printed = self.print_out(move)
                self.assertLess(printed.size, 500_000)
                first, last = printed.pages
                self.assertTrue(first.shows(BOX))
                self.assertTrue(first.shows("Artículo número 1"))
                self.assertFalse(first.shows("IVA (19%)"))
                self.assertTrue(first.shows("continúa en la página 2"))
                self.assertTrue(last.shows("Viene de la página 1"))
                self.assertFalse(first.stamps())
                for page in (first, last):
                    self.assertTrue(page.shows(f"{BOX} N° {move.l10n_cl_dte_id.folio}"))
                    self.assertTrue(page.shows("DESCRIPCIÓN"))
                self.assertTrue(first.shows("Página 1 de 2"))
                self.assertTrue(last.shows("Página 2 de 2"))
                self.assertTrue(last.shows("Artículo número 60"))
                self.assertTrue(last.shows("$ 71.400"))
                self.assertEqual([read for read, _box in last.stamps()], [self.ted(move)])

    def test_stamp_and_totals_stay_together(self):
        """Whatever the number of lines, the last page holds both or both move on."""
        for count in (30, 36):
            printed = self.print_out(self.post(lines=self.lines(count)))
            *before, last = printed.pages
            self.assertTrue(last.shows("Timbre Electrónico SII"))
            self.assertTrue(last.shows("IVA (19%)"))
            self.assertEqual(len(last.stamps()), 1)
            self.assertFalse([page for page in before if page.stamps()])

    def test_a_word_longer_than_the_paper_is_broken(self):
        """An address or serial numbers: quantity, price and amount stay on the paper."""
        for word in ("W" * 250, "https://tienda.example/" + "producto-" * 20):
            lines = [{"name": f"Artículo {word}", "price_unit": 7777}, {"price_unit": 3333}]
            move = self.post(lines=lines)
            for report in (INVOICE, CEDIBLE, TICKET):
                with self.subTest(word=word[:9], report=report):
                    printed = self.print_out(move, report)
                    for text in ("7.777", "3.333"):
                        places = [
                            (place, page.width)
                            for page in printed.pages
                            for place in page.places(text)
                        ]
                        self.assertTrue(places, text)
                        for (left, _top, right, _bottom), width in places:
                            self.assertTrue(0 < left < right < width, text)

    def test_section_spans_the_columns_that_are_printed(self):
        section = {"display_type": "line_section", "name": "Equipos"}
        move = self.draft()
        move.invoice_line_ids = [(0, 0, {**section, "sequence": -1})]
        [page] = self.print_out(move).pages
        heading = min(page.places("VALOR"), key=lambda place: place[1])
        ends = [right for _left, _top, right, _bottom in page.places("1.000")]
        ends = [end for end in ends if abs(end - heading[2]) < 5]
        self.assertGreaterEqual(len(ends), 2, "section, line")
        for end in ends:
            self.assertAlmostEqual(end, heading[2], delta=1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestBatch(PrintCase):
    def setUp(self):
        super().setUp()
        self.moves = self.post() + self.post(code=34) + self.post(lines=[{}] * 60)

    def test_batch_prints_each_document_whole(self):
        printed = self.print_out(self.moves)
        self.assertEqual(len(printed.pages), 4)
        stamps = [read for read, _box in printed.stamps()]
        self.assertEqual(stamps, [self.ted(move) for move in self.moves])

    def test_batch_to_send_gives_each_document_its_own_file(self):
        self.issuer.print_cedible = "appended"
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            streams, kind = reports._pre_render_qweb_pdf(INVOICE, self.moves.ids)
        files = reports._get_splitted_report(INVOICE, streams, kind)
        self.assertEqual(list(files), self.moves.ids)
        for move, pages in zip(self.moves, (2, 2, 4), strict=True):
            printed = PrintedPdf(files[move.id])
            self.assertEqual(len(printed.pages), pages)
            self.assertEqual([read for read, _box in printed.stamps()], [self.ted(move)] * 2)
