"""The letter: what the law wants stands where it wants it, by number; pages are cut by us."""

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ...sii.printing import paper, said
from ..optional import zxingcpp
from .print_case import CEDIBLE, INVOICE, PrintCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLegalElements(PrintCase):
    def assert_stamp_reads(self, move, page):
        for dots in (203, 300):
            picture = page._page.render(scale=dots / 72).to_pil().convert("L")
            [symbol] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.PDF417)
            self.assertEqual(symbol.bytes, self.ted(move), f"{dots} dots an inch")

    def test_each_on_both_papers(self):
        move = self.post(lines=[{"quantity": 3}, {"name": "Flete", "tax_ids": False}])
        for name in ("euro", "us"):
            for report in (INVOICE, CEDIBLE):
                with self.subTest(paper=name, report=report):
                    self.use_paper(name)
                    [page] = self.print_out(move, report).pages
                    # 1 and 2: the box and the unit of the SII below it
                    left, top, right, bottom = page.red_box()
                    self.assertTrue(
                        left > page.width / 2 and bottom < page.height / 4, (left, bottom)
                    )
                    self.assertTrue(
                        55 <= right - left <= 80 and 15 <= bottom - top <= 40,
                        (left, top, right, bottom),
                    )
                    [office] = page.places("S.I.I. - SANTIAGO ORIENTE")
                    self.assertGreater(office[1], page.places("FACTURA ELECTRÓNICA")[0][3])
                    # 3 and 4: the issuer on the left above, then the receiver
                    [issuer] = page.places("Comercializadora Ñandú SpA")
                    [receiver] = page.places("Distribuidora Peñalolén Ltda.")
                    self.assertTrue(
                        issuer[0] < page.width / 2 and issuer[3] < receiver[1], (issuer, receiver)
                    )
                    # 7: net, exempt, VAT with its rate, total
                    for text in ("Monto neto$ 3.000", "Monto exento$ 1.000", "IVA (19%)$ 570"):
                        self.assertTrue(page.shows(text), text)
                    # 8 and 9: the stamp low on the left, its legend below it
                    [(_read, box)] = page.stamps()
                    self.assertTrue(box[0] > 20 and box[1] > page.height / 2, box)
                    self.assertTrue(page.is_alone(box, 6.35))
                    [legend] = page.places("Verifique documento: www.sii.cl")
                    self.assertGreater(legend[1], box[3])
                    self.assert_stamp_reads(move, page)
                    # 10 and 11: of the cedible copy alone
                    self.assertEqual(page.shows("CEDIBLE"), report == CEDIBLE)
                    self.assertEqual(page.shows("Acuse de recibo"), report == CEDIBLE)
                    self.assertNotIn("Your logo", page.text)

    def test_no_assistant_of_layouts_in_the_way(self):
        self.company.external_report_layout_id = False
        action = self.env.ref(INVOICE).report_action(self.post())
        self.assertEqual(action["type"], "ir.actions.report")

    def test_certification_is_marked_under_the_text(self):
        [page] = self.print_out(self.post()).pages
        self.assertTrue(page.shows("SIN VALIDEZ TRIBUTARIA"))
        samples = self.post().with_context(l10n_cl_samples=True)
        self.assertFalse(samples._l10n_cl_watermark(), "the SII gets its samples unmarked")

    def test_a_buyer_who_reads_english(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.customer.lang = "en_US"
        [page] = self.print_out(self.post()).pages
        self.assertTrue(page.shows("EMISIÓN / ISSUED"))
        self.assertTrue(page.shows("FACTURA ELECTRÓNICA"))
        self.assertTrue(page.shows("Timbre Electrónico SII"))


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCut(BaseCase):
    def test_pages_carry_over_and_the_last_one_has_lines(self):
        for count in (1, 20, 33, 52, 200):
            items = [paper.Item("line", f"n{n}", amount=10) for n in range(count)]
            pages = paper.cut(items, 70, 280, 66, 66)
            self.assertEqual([each for page in pages for each in page.items], items)
            self.assertTrue(pages[-1].last and pages[-1].items)
            self.assertIsNone(pages[0].brought)
            for before, after in zip(pages, pages[1:], strict=False):
                self.assertEqual(before.carried, after.brought)

    def test_a_line_higher_than_a_page_is_left_to_the_engine(self):
        long = paper.Item("line", "palabra " * 2000, amount=10)
        self.assertEqual(len(paper.cut([long], 70, 280, 66, 66)), 1)
        self.assertEqual(len(paper.cut([long, long], 70, 280, 66, 66)), 2)

    def test_words(self):
        self.assertEqual(said.pesos_in_words(21, "veintiuno"), "Veintiún pesos")
        self.assertEqual(said.pesos_in_words(31, "treinta y uno"), "Treinta y un pesos")
        self.assertEqual(said.pesos_in_words(2_000_000, "dos millones"), "Dos millones de pesos")
        self.assertEqual(said.figure(Decimal("38.08")), "38,08")
        self.assertEqual(said.figure(Decimal("0.9176")), "0,9176")
        self.assertEqual(said.figure(Decimal("1234.5"), most=2), "1.234,50")
