"""Detalle (PROTOCOL 5.3, 5.5, 5.6)."""

from decimal import Decimal

from ..codes import IndExe
from ..document import Adjustment, Document, Line, limits
from ..document.amounts import line_amount, percent_of
from ..errors import Problem
from ..kinds import Kind
from .values import (
    MAX_PERCENT,
    MAX_SURCHARGE,
    Problems,
    at_most,
    is_usable,
    number,
    percent,
    pesos,
    text,
)

_MARKS_WITHOUT_AMOUNT = frozenset({IndExe.NOT_SOLD, IndExe.DEDUCTED_FROM_GUIDE})


def check(document: Document) -> Problems:
    """Rules of the lines, one by one and together."""
    if not document.lines:
        yield Problem("lines_missing", "lines")
    yield from at_most(document.traits.max_lines, document.lines, "lines")
    yield from _classes(document)
    for index, line in enumerate(document.lines):
        yield from _line(line, document.traits, f"lines[{index}]")


def _classes(document: Document) -> Problems:
    affected = [index for index, line in enumerate(document.lines) if line.exempt is None]
    if document.traits.vat_always and document.lines and not affected:
        yield Problem("affected_line_missing", "lines")


def _line(line: Line, kind: Kind, where: str) -> Problems:
    yield from text(line.name, f"{where}.name", limits.ITEM_NAME, "line_name_missing")
    yield from text(line.description, f"{where}.description", limits.DESCRIPTION)
    yield from text(line.unit, f"{where}.unit", limits.UNIT)
    yield from _codes(line, where)
    yield from _mark(line, kind, where)
    yield from pesos(line.amount, f"{where}.amount")
    yield from number(line.quantity, f"{where}.quantity")
    yield from number(line.unit_price, f"{where}.unit_price")
    yield from _arithmetic(line, kind, where)


def _codes(line: Line, where: str) -> Problems:
    yield from at_most(limits.ITEM_CODES, line.codes, f"{where}.codes")
    for index, code in enumerate(line.codes):
        place = f"{where}.codes[{index}]"
        yield from text(code.kind, f"{place}.kind", limits.ITEM_CODE_KIND, "item_code_missing")
        yield from text(code.value, f"{place}.value", limits.ITEM_CODE, "item_code_missing")


def _mark(line: Line, kind: Kind, where: str) -> Problems:
    if line.exempt in _MARKS_WITHOUT_AMOUNT and line.amount:
        yield Problem("line_mark_with_amount", f"{where}.amount")
    if line.exempt is IndExe.CONTAINER_DEPOSIT and kind.is_purchase:
        data = {"mark": int(line.exempt)}
        yield Problem("line_mark_unexpected", f"{where}.exempt", data)


def _arithmetic(line: Line, kind: Kind, where: str) -> Problems:
    # of a surcharge in a boleta the SII takes no more than the whole, in an invoice ten times it
    most = MAX_PERCENT if kind.is_boleta else MAX_SURCHARGE
    for name, limit in (("discount", MAX_PERCENT), ("surcharge", most)):
        adjustment = getattr(line, name)
        if adjustment is not None:
            yield from pesos(adjustment.amount, f"{where}.{name}.amount", least=1)
            yield from percent(adjustment.percent, f"{where}.{name}.percent", limit)
            yield from _percent_of_line(line, adjustment, f"{where}.{name}.amount")
    if _is_priced(line):
        yield from _amount(line, where)


def _amount(line: Line, where: str) -> Problems:
    before = line_amount(_quantity(line), line.unit_price)
    discount = line.discount.amount if line.discount else 0
    if discount > before:
        data = {"limit": before, "amount": discount}
        yield Problem("discount_above_line", f"{where}.discount", data)
        return
    expected = before - discount + (line.surcharge.amount if line.surcharge else 0)
    if line.amount != expected:
        data = {"expected": expected, "amount": line.amount}
        yield Problem("line_amount_wrong", f"{where}.amount", data)


def _percent_of_line(line: Line, adjustment: Adjustment, where: str) -> Problems:
    """The amount a percentage came to; a peso off is the rounding of who computed both."""
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
