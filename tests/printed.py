"""A rendered PDF as a reader with paper, a ruler and a scanner sees it."""

from .optional import pypdfium2, zxingcpp

DPI = 300
MM = 25.4 / DPI
POINT = 25.4 / 72
_TALLY = 40 / MM
# Millimetres of white on the four sides of a stamp
QUIET = 6.35


class PrintedPage:
    def __init__(self, page):
        self._page = page
        self.width, self.height = (points * POINT for points in page.get_size())
        self.text = " ".join(page.get_textpage().get_text_range().split())

    def shows(self, text):
        """Whether the text stands on the page. Blanks do not count: the PDF reader guesses them."""
        return "".join(text.split()) in "".join(self.text.split())

    def picture(self):
        """The page at 300 dots an inch."""
        return self._page.render(scale=DPI / 72).to_pil().convert("RGB")

    def stamps(self):
        """Each bar code: bytes, and left, top, right, bottom in millimetres of the paper."""
        return self._codes(zxingcpp.BarcodeFormat.PDF417)

    def is_alone(self, box, distance):
        """Whether nothing is printed within so many millimetres around a place of the page."""
        picture = self.picture().convert("L")
        left, top, right, bottom = (round(edge / MM) for edge in box)
        around = round(distance / MM)
        # corners are exact to a dot or two
        picture.paste(255, (left - 3, top - 3, right + 3, bottom + 3))
        zone = picture.crop((left - around, top - around, right + around, bottom + around))
        return zone.getextrema()[0] > 200

    def qr_codes(self):
        """Each QR code, as ``stamps`` gives bar codes."""
        return self._codes(zxingcpp.BarcodeFormat.QRCode)

    def places(self, text):
        """Left, top, right, bottom in millimetres of the paper of each place of a text."""
        page = self._page.get_textpage()
        search, found = page.search(text, match_case=True), []
        while place := search.get_next():
            left, bottom, right, top = page.get_rect(page.count_rects(*place) - 1)
            down = self.height / POINT
            found.append(
                (left * POINT, (down - top) * POINT, right * POINT, (down - bottom) * POINT)
            )
        return found

    def red_box(self):
        """Left, top, right, bottom in millimetres of the paper of the red frame."""
        red, green, _blue = self.picture().split()
        mask = red.point(lambda value: 255 if value > 150 else 0)
        mask.paste(0, mask=green.point(lambda value: 255 if value > 90 else 0))
        left, _top, right, _bottom = mask.getbbox()
        rows = [
            y
            for y in range(mask.height // 3)
            if mask.crop((left, y, right, y + 1)).histogram()[255] > _TALLY
        ]
        return left * MM, rows[0] * MM, right * MM, rows[-1] * MM

    def black_box(self):
        """Left and right in millimetres of the paper of the first long black row: the frame's."""
        mask = self.picture().convert("L").point(lambda value: 255 if value < 90 else 0)
        rows = (mask.crop((0, y, mask.width, y + 1)) for y in range(mask.height))
        row = next(row for row in rows if row.histogram()[255] > _TALLY)
        left, _top, right, _bottom = row.getbbox()
        return left * MM, right * MM

    def _codes(self, kind):
        found = []
        for symbol in zxingcpp.read_barcodes(self.picture(), formats=kind):
            corners = symbol.position
            box = (
                corners.top_left.x * MM,
                corners.top_left.y * MM,
                corners.bottom_right.x * MM,
                corners.bottom_right.y * MM,
            )
            found.append((symbol.bytes, box))
        return found


class PrintedPdf:
    def __init__(self, content):
        self.size = len(content)
        self.pages = [PrintedPage(page) for page in pypdfium2.PdfDocument(content)]
        self.text = " ".join(page.text for page in self.pages)

    def stamps(self):
        """The bar codes of all pages in their order."""
        return [stamp for page in self.pages for stamp in page.stamps()]
