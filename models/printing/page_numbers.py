"""Which document and which page of how many, below each page of a long print.

An unpatched wkhtmltopdf drops footers, so they are written on the finished PDF.
"""

import io

from reportlab.pdfgen.canvas import Canvas

from odoo.tools.pdf import PdfReader, PdfWriter

_SIZE = 8
_FROM_BOTTOM = 16
_FROM_RIGHT = 28


def write(content: bytes, name: str) -> bytes:
    """The PDF with ``name - Página 1 de 3`` on its pages; of one page, as it is. Points."""
    reader = PdfReader(io.BytesIO(content))
    count = len(reader.pages)
    if count < 2:
        return content
    writer = PdfWriter()
    for index, page in enumerate(reader.pages, start=1):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.merge_page(_line(f"{name} - Página {index} de {count}", width, height))
        page.compress_content_streams()  # merging unpacked them
        writer.add_page(page)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _line(text: str, width: float, height: float):
    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=(width, height))
    canvas.setFont("Helvetica", _SIZE)
    canvas.drawRightString(width - _FROM_RIGHT, _FROM_BOTTOM, text)
    canvas.save()
    return PdfReader(io.BytesIO(sheet.getvalue())).pages[0]
