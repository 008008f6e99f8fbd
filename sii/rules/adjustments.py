"""DscRcgGlobal (PROTOCOL 5.3, 5.5)."""

from ..codes import EXEMPT_KINDS
from ..document import Document, GlobalAdjustment
from ..errors import Problem
from .values import Problems, at_most, percent, pesos, text

MAX_ADJUSTMENTS = 20
REASON_LIMIT = 45


def check(document: Document) -> Problems:
    """Rules of global discounts and surcharges."""
    yield from at_most(MAX_ADJUSTMENTS, document.adjustments, "adjustments")
    for index, adjustment in enumerate(document.adjustments):
        where = f"adjustments[{index}]"
        yield from text(adjustment.reason, f"{where}.reason", REASON_LIMIT)
        yield from percent(adjustment.percent, f"{where}.percent")
        yield from pesos(adjustment.amount, f"{where}.amount", least=1)
        if (adjustment.percent is None) == (adjustment.amount is None):
            yield Problem("adjustment_ambiguous", where)
        yield from _class(document, adjustment, where)


def _class(document: Document, adjustment: GlobalAdjustment, where: str) -> Problems:
    """It needs lines to work on, and an amount cannot be spread over lines taxed differently."""
    if document.kind in EXEMPT_KINDS:
        return
    lines = [line for line in document.lines if bool(line.exempt) == adjustment.exempt]
    if not lines:
        yield Problem("adjustment_without_lines", where)
    taxes = {line.additional_taxes for line in lines}
    if adjustment.amount is not None and not adjustment.exempt and len(taxes) > 1:
        yield Problem("adjustment_must_be_percent", f"{where}.amount")
