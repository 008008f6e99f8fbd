"""The stamp as a QR code: read back like the bar code, printed only where it is wanted."""

from odoo.tests import BaseCase, tagged

from ...sii.dte.ted import BAR_CODE_LIMIT
from ...sii.printing import qr
from ..optional import zxingcpp
from ..printed import QUIET
from .print_case import PrintCase
from .test_pdf417 import raster


@tagged("post_install", "-at_install")
class TestQr(BaseCase):
    def test_every_stamp_survives(self):
        for data in (bytes(range(256)) * 3, b"<TED>".ljust(BAR_CODE_LIMIT, b"\xf1")):
            [symbol] = zxingcpp.read_barcodes(raster(qr.svg(data)))
            self.assertEqual(symbol.format, zxingcpp.BarcodeFormat.QRCode)
            self.assertEqual(symbol.bytes, data)


class TestPrintedQr(PrintCase):
    def test_qr_stands_beside_the_bar_code_with_the_same_text(self):
        self.issuer.print_qr = True
        move = self.post(lines=[{"name": "Jabón <ñandú> & más"}])
        [page] = self.print_out(move).pages
        codes = page.qr_codes()
        [(read, (left, top, right, bottom))] = [each for each in codes if b"<TED" in each[0]]
        self.assertEqual(read, self.ted(move))
        [(stamp, (_left, stamp_top, stamp_right, stamp_bottom))] = page.stamps()
        self.assertEqual(stamp, read)
        self.assertGreater(left, stamp_right)
        self.assertTrue(top < stamp_bottom and stamp_top < bottom)
        self.assertTrue(22 < right - left < 35, f"{right - left} mm wide")
        [(_read, box)] = page.stamps()
        self.assertTrue(page.is_alone(box, QUIET))
        self.assertFalse(page.is_alone(box, 12), "the zone is looked at where something stands")

    def test_no_qr_unless_chosen(self):
        [page] = self.print_out(self.post()).pages
        self.assertTrue(page.stamps())
        self.assertFalse([each for each in page.qr_codes() if b"<TED" in each[0]])
