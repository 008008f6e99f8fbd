"""Documents to be judged by the rules, and the problems found in them."""

from dataclasses import replace

import documents

from sii import rules
from sii.document import Document, Line, amounts


def found(document: Document) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    return [(problem.code, problem.where) for problem in rules.check(document)]


def with_lines(*lines: Line, **changes) -> Document:
    """A factura of these lines whose totals agree with them."""
    document = replace(documents.factura(), lines=lines, **changes)
    totals = amounts.totals(document.kind, lines, document.adjustments, gross=document.gross)
    return replace(document, totals=changes.get("totals", totals))


def plain(amount: int = 1000, **changes) -> Line:
    """A line that is nothing but its amount."""
    return Line("Cosa", amount, **changes)
