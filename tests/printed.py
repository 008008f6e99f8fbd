"""A rendered PDF as a reader with paper, a ruler and a scanner sees it."""

from functools import cached_property

import pypdfium2
import zxingcpp

DPI = 300
MM = 25.4 / DPI
_TALLY = 40 / MM


class PrintedPdf:
    def __init__(self, content):
        self.size = len(content)
        self._document = pypdfium2.PdfDocument(content)
        self.pages = len(self._document)

    @cached_property
    def text(self):
        """All words, blanks and line ends made one blank."""
        pages = (page.get_textpage().get_text_range() for page in self._document)
        return " ".join(" ".join(pages).split())

    @cached_property
    def picture(self):
        """The first page at 300 dots an inch."""
        return self._document[0].render(scale=DPI / 72).to_pil().convert("RGB")

    def stamps(self):
        """Each bar code: bytes, and left, top, right, bottom in millimetres of the paper."""
        found = []
        for symbol in zxingcpp.read_barcodes(self.picture):
            corners = symbol.position
            box = (
                corners.top_left.x * MM,
                corners.top_left.y * MM,
                corners.bottom_right.x * MM,
                corners.bottom_right.y * MM,
            )
            found.append((symbol.bytes, box))
        return found

    def red_box(self):
        """Left, top, right, bottom in millimetres of the paper of the red frame."""
        red, green, _blue = self.picture.split()
        mask = red.point(lambda value: 255 if value > 150 else 0)
        mask.paste(0, mask=green.point(lambda value: 255 if value > 90 else 0))
        left, _top, right, _bottom = mask.getbbox()
        rows = [
            y
            for y in range(mask.height // 3)
            if mask.crop((left, y, right, y + 1)).histogram()[255] > _TALLY
        ]
        return left * MM, rows[0] * MM, right * MM, rows[-1] * MM
