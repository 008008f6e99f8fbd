"""IdDoc: dates, and what gross amounts forbid (PROTOCOL 5.3, 5.5)."""

from ..document import Document
from ..errors import Problem
from .values import Problems, day


def check(document: Document) -> Problems:
    """Rules of the header."""
    yield from day(document.issued_on, "issued_on")
    yield from day(document.due_on, "due_on")
    if document.gross and (document.totals.taxes or any(_taxed(document))):
        yield Problem("gross_with_taxes", "gross")


def _taxed(document: Document) -> list[int]:
    return [tax for line in document.lines for tax in line.additional_taxes]
