"""The texts of a ticket, 80 mm wide (PROTOCOL 6.3), and how much paper they take.

Both read one list: what ``report/ticket.xml`` prints is what is measured.
"""

import math
from dataclasses import dataclass

from ...sii.codes import ANONYMOUS_RUT
from ...sii.printing import words

# Characters in a row of the paper, and how high things are on it, with some to spare.
_ROW_LENGTH = 38
_LABEL_LENGTH = 26
_ROW = 3.6
_FIXED = 50
_STAMP = 50
_QR = 42


@dataclass(frozen=True, slots=True)
class Item:
    """A line: its name, what stands below it, and its pesos."""

    name: str
    description: str
    counted: str
    amount: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a ticket prints between its box and its stamp; each text begins a row."""

    issuer: tuple[str, ...]
    header: tuple[str, ...]
    items: tuple[Item, ...]
    figures: tuple
    query: str

    def height(self, stamp, codes):
        """Millimetres of paper. stamp: with the bar code or not. codes: how many QR codes."""
        rows = sum(math.ceil(len(text) / _ROW_LENGTH) for text in self._texts())
        rows += sum(math.ceil(len(row.label) / _LABEL_LENGTH) for row in self.figures)
        return round(_FIXED + _STAMP * stamp + _ROW * rows + _QR * codes)

    def _texts(self):
        yield from (*self.issuer, *self.header, self.query)
        for item in self.items:
            yield from (item.name, *item.description.splitlines(), item.counted or "-")


def read(sheet, company_name, query):
    """The Ticket of a sii.Sheet. query: the address at which anybody finds the document."""
    return Ticket(
        issuer=(sheet.issuer.name or company_name, sheet.issuer.giro, words.place(sheet.issuer)),
        header=tuple(_header(sheet)),
        items=tuple(
            Item(line.name, line.description, _counted(line), line.amount) for line in sheet.lines
        ),
        figures=tuple(words.figure_rows(sheet.kind, sheet.adjustments, sheet.totals)),
        query=f"o en {query}",
    )


def _header(sheet):
    yield f"Fecha de emisión: {words.day(sheet.issued_on)}"
    receiver = sheet.receiver
    if receiver.rut != ANONYMOUS_RUT:
        yield f"Señor(es): {receiver.name}"
        yield f"R.U.T.: {words.dotted(receiver.rut)}"
        if receiver.giro:
            yield f"Giro: {receiver.giro}"
        if receiver.address:
            yield f"Dirección: {words.place(receiver)}"
    for label, text in words.header_rows(sheet):
        yield f"{label}: {text}"
    yield from map(words.cited, sheet.references)


def _counted(line):
    """How many at what price, and what was changed of it: ``2 Kg x 500 desc. 100 (exento)``."""
    if line.quantity is None:
        return ""
    parts = (
        words.counted(line),
        "" if line.unit_price is None else f"x {words.money(line.unit_price)}",
        f"desc. {words.money(line.discount.amount)}" if line.discount else "",
        f"rec. {words.money(line.surcharge.amount)}" if line.surcharge else "",
        "(exento)" if line.exempt else "",
    )
    return " ".join(filter(None, parts))
