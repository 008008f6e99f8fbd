"""How the lines of a document are cut into pages, before any engine has seen them.

An engine breaks where it likes, and repeats neither head nor titles; so each page is made up here,
with what is carried over. Millimetres throughout; heights are estimates on the safe side.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

HEAD, SHORT_HEAD, PARTY_ROW, ROW, TITLES, CARRY, END = 36, 25, 4.4, 4.7, 8, 5, 6
ROOMY = 9  # with fewer lines each has more room
_NAME_LINE, _SMALL_LINE = 3.9, 3.4
_NAME_SIGN, _SMALL_SIGN = 1.62, 1.42


class Item(NamedTuple):
    """A row of the table: a line, or a section or note between lines (kind); texts as printed.

    amount: pesos, for what is carried over. change: discount or surcharge. foreign: price and value
    in the document's other currency.
    """

    kind: str
    name: str
    description: str = ""
    number: str = ""
    code: str = ""
    exempt: bool = False
    quantity: str = ""
    unit: str = ""
    price: str = ""
    change: str = ""
    value: str = ""
    foreign: tuple[str, str] = ("", "")
    amount: int = 0

    def height(self, width: float) -> float:
        """width: of the column of descriptions."""
        more = _lines(self.name, width / _NAME_SIGN) - 1
        small = _lines(self.description, width / _SMALL_SIGN) if self.description else 0
        return ROW + more * _NAME_LINE + small * _SMALL_LINE


class Page(NamedTuple):
    """brought: pesos of the pages before, None on the first; last: it has totals and stamp."""

    number: int
    items: Sequence[Item]
    brought: int | None
    carried: int
    last: bool


def _lines(text: str, signs: float) -> int:
    return sum(max(1, -(-len(part) // int(signs))) for part in text.split("\n"))


def cut(items: Sequence[Item], width: float, height: float, head: float, foot: float) -> list[Page]:
    """The pages of these items. height: of a page; head: of the first one's; foot: the last one's.

    The last page has at least one line, so that totals never stand alone.
    """
    pages: list[Page] = []
    rest, brought = list(items), None
    while True:
        above = SHORT_HEAD + CARRY if pages else head
        room = height - END - TITLES - above
        if _sum(rest, width) <= room - foot:
            pages.append(Page(len(pages) + 1, rest, brought, 0, last=True))
            return pages
        count = max(1, min(_fitting(rest, width, room - CARRY), len(rest) - 1))
        if len(rest) == 1:  # a single line as high as the page: nothing to cut
            pages.append(Page(len(pages) + 1, rest, brought, 0, last=True))
            return pages
        while count > 1 and rest[count - 1].kind == "section":
            count -= 1
        carried = (brought or 0) + sum(each.amount for each in rest[:count])
        pages.append(Page(len(pages) + 1, rest[:count], brought, carried, last=False))
        rest, brought = rest[count:], carried


def _sum(items: Iterable[Item], width: float) -> float:
    return sum(each.height(width) for each in items)


def _fitting(items: Sequence[Item], width: float, room: float) -> int:
    for count, each in enumerate(items):
        room -= each.height(width)
        if room < 0:
            return count
    return len(items)
