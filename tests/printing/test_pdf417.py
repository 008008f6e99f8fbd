"""The stamp's bar code, read back by a reader that shares nothing with the writer."""

import re

from PIL import Image, ImageDraw

from odoo.tests import BaseCase, tagged

from ...sii.dte.ted import BAR_CODE_LIMIT
from ...sii.printing import pdf417
from ..optional import zxingcpp

DOTS = 3
PRINTED_MM = 70


def raster(svg):
    """The drawing as a picture on white paper."""
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    picture = Image.new("L", (width * DOTS, height * DOTS), 255)
    draw = ImageDraw.Draw(picture)
    for bar in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", svg):
        x, y, length, tall = (int(number) * DOTS for number in bar)
        draw.rectangle((x, y, x + length - 1, y + tall - 1), fill=0)
    return picture


@tagged("post_install", "-at_install")
class TestPdf417(BaseCase):
    def assert_read_back(self, data):
        picture = raster(pdf417.svg(data))
        [symbol] = zxingcpp.read_barcodes(picture)
        self.assertEqual(symbol.format, zxingcpp.BarcodeFormat.PDF417)
        self.assertEqual(symbol.bytes, data)
        return picture

    def test_every_byte_survives(self):
        self.assert_read_back(bytes(range(256)) * 3)

    def test_any_length_modulo_six_survives(self):
        for length in range(700, 706):
            self.assert_read_back("Ñandú & Cía".encode("iso-8859-1").ljust(length, b"x"))

    def test_every_stamp_prints_within_the_norm(self):
        for length in (690, 760, 880, BAR_CODE_LIMIT):
            picture = self.assert_read_back(b"<TED>".ljust(length, b"\xf1"))
            module = PRINTED_MM / (picture.width / DOTS)
            quiet = pdf417.QUIET_ABOVE * module
            height = module * picture.height / DOTS - 2 * quiet
            self.assertTrue(20 < height < 40, f"{length} bytes print {height} mm high")
            self.assertGreater(quiet, 6.35)
            # the norm's least module is 6.7 thousandths of an inch
            self.assertGreater(module, 6.7 * 0.0254)

    def test_what_does_not_fit_is_refused(self):
        with self.assertRaisesRegex(ValueError, "pdf417_too_long"):
            pdf417.svg(b"x" * (BAR_CODE_LIMIT + 1))

    def test_correction_level_five(self):
        """Level 5 repairs 32 words: a tear over half of three rows does no harm."""
        data = b"<TED>".ljust(760, b"\xf1")
        picture = raster(pdf417.svg(data))
        middle, side = picture.height // 2, picture.width // 2
        row = pdf417.ROW_RATIO * DOTS
        ImageDraw.Draw(picture).rectangle((side, middle, side + 80 * DOTS, middle + 3 * row), 255)
        [symbol] = zxingcpp.read_barcodes(picture)
        self.assertEqual(symbol.bytes, data)
