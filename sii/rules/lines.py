"""Detalle (PROTOCOL 5.3, 5.5, 5.6)."""

from decimal import Decimal

from ..amounts import line_amount, percent_of
from ..codes import IndExe, TipoDte
from ..document import Adjustment, Document, Line
from ..errors import Problem
from .values import (
    Problems,
    at_most,
    is_usable,
    number,
    percent,
    pesos,
    text,
)

MAX_LINES = 60
MAX_CODES = 5
MAX_LINE_TAXES = 2
NAME_LIMIT = 80
DESCRIPTION_LIMIT = 1000
UNIT_LIMIT = 4
CODE_KIND_LIMIT, CODE_LIMIT = 10, 35

TAXES = frozenset(
    {*range(14, 20), *range(23, 29), *range(30, 42), *range(44, 56)}
    | {271, 301, 321, 331, 341, 361, 371, 481}
)
"""Codes of additional taxes and retentions that the schema knows (PROTOCOL 5.7)."""

# Their amounts belong to MontoNF and GrntDep, which Totals does not say.
_UNSUPPORTED_MARKS = frozenset(
    {IndExe.NOT_BILLABLE, IndExe.CONTAINER_DEPOSIT, IndExe.NOT_BILLABLE_NEGATIVE}
)
_MARKS_WITHOUT_AMOUNT = frozenset({IndExe.NOT_SOLD, IndExe.DEDUCTED_FROM_GUIDE})


def check(document: Document) -> Problems:
    """Rules of the lines, one by one and together."""
    if not document.lines:
        yield Problem("lines_missing", "lines")
    yield from at_most(MAX_LINES, document.lines, "lines")
    yield from _classes(document)
    for index, line in enumerate(document.lines):
        yield from _line(line, f"lines[{index}]")


def _classes(document: Document) -> Problems:
    affected = [index for index, line in enumerate(document.lines) if line.exempt is None]
    if document.kind is TipoDte.FACTURA and document.lines and not affected:
        yield Problem("affected_line_missing", "lines")


def _line(line: Line, where: str) -> Problems:
    yield from text(line.name, f"{where}.name", NAME_LIMIT, "line_name_missing")
    yield from text(line.description, f"{where}.description", DESCRIPTION_LIMIT)
    yield from text(line.unit, f"{where}.unit", UNIT_LIMIT)
    yield from _codes(line, where)
    yield from _mark(line, where)
    yield from pesos(line.amount, f"{where}.amount")
    yield from number(line.quantity, f"{where}.quantity")
    yield from number(line.unit_price, f"{where}.unit_price")
    yield from _arithmetic(line, where)


def _codes(line: Line, where: str) -> Problems:
    yield from at_most(MAX_CODES, line.codes, f"{where}.codes")
    for index, code in enumerate(line.codes):
        place = f"{where}.codes[{index}]"
        yield from text(code.kind, f"{place}.kind", CODE_KIND_LIMIT, "item_code_missing")
        yield from text(code.value, f"{place}.value", CODE_LIMIT, "item_code_missing")
    yield from at_most(MAX_LINE_TAXES, line.additional_taxes, f"{where}.additional_taxes")
    for index, tax in enumerate(line.additional_taxes):
        if tax not in TAXES:
            yield Problem("tax_unknown", f"{where}.additional_taxes[{index}]", {"tax": tax})


def _mark(line: Line, where: str) -> Problems:
    if line.exempt in _UNSUPPORTED_MARKS:
        yield Problem("line_mark_unsupported", f"{where}.exempt", {"mark": int(line.exempt)})
    if line.exempt in _MARKS_WITHOUT_AMOUNT and line.amount:
        yield Problem("line_mark_with_amount", f"{where}.amount")


def _arithmetic(line: Line, where: str) -> Problems:
    for name in ("discount", "surcharge"):
        adjustment = getattr(line, name)
        if adjustment is not None:
            yield from pesos(adjustment.amount, f"{where}.{name}.amount", least=1)
            yield from percent(adjustment.percent, f"{where}.{name}.percent")
            yield from _percent_of_line(line, adjustment, f"{where}.{name}.amount")
    if not _is_priced(line):
        return
    expected = line_amount(
        _quantity(line),
        line.unit_price,
        line.discount.amount if line.discount else 0,
        line.surcharge.amount if line.surcharge else 0,
    )
    if line.amount != expected:
        data = {"expected": expected, "amount": line.amount}
        yield Problem("line_amount_wrong", f"{where}.amount", data)


def _percent_of_line(line: Line, adjustment: Adjustment, where: str) -> Problems:
    """The amount a percentage came to; a peso off is the rounding of whoever computed both."""
    if adjustment.percent is None or not is_usable(adjustment.percent) or not _is_priced(line):
        return
    expected = percent_of(line_amount(_quantity(line), line.unit_price), adjustment.percent)
    if abs(expected - adjustment.amount) > 1:
        data = {"expected": expected, "amount": adjustment.amount}
        yield Problem("percent_amount_wrong", where, data)


def _is_priced(line: Line) -> bool:
    if line.unit_price is None:
        return False
    return is_usable(line.unit_price) and is_usable(line.quantity)


def _quantity(line: Line) -> Decimal:
    return Decimal(1) if line.quantity is None else line.quantity
