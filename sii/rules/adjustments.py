"""DscRcgGlobal (PROTOCOL 5.3, 5.5)."""

from ..codes import IndExe, TpoMov
from ..document import Document, GlobalAdjustment, limits
from ..document.amounts import affected_sum, exempt_sum
from ..errors import Problem
from .values import (
    MAX_PERCENT,
    MAX_SURCHARGE,
    Problems,
    at_most,
    percent,
    pesos,
    text,
)

MAX_AMOUNT = 10**16 - 1
"""Pesos of ValorDR, which has two decimals of its 18 digits."""


def check(document: Document) -> Problems:
    """Rules of global discounts and surcharges."""
    yield from at_most(limits.ADJUSTMENTS, document.adjustments, "adjustments")
    for index, adjustment in enumerate(document.adjustments):
        where = f"adjustments[{index}]"
        limit = MAX_PERCENT if adjustment.movement is TpoMov.DISCOUNT else MAX_SURCHARGE
        yield from text(adjustment.reason, f"{where}.reason", limits.ADJUSTMENT_REASON)
        yield from percent(adjustment.percent, f"{where}.percent", limit)
        yield from pesos(adjustment.amount, f"{where}.amount", least=1, most=MAX_AMOUNT)
        if (adjustment.percent is None) == (adjustment.amount is None):
            yield Problem("adjustment_ambiguous", where)
        yield from _class(document, adjustment, where)


def is_indivisible(document: Document, adjustment: GlobalAdjustment) -> bool:
    """Whether an amount is to be spread over lines taxed differently, which is impossible."""
    mark = IndExe.EXEMPT if adjustment.exempt else None
    lines = (line for line in document.lines if line.exempt is mark)
    taxes = {frozenset(line.additional_taxes) for line in lines}
    return adjustment.amount is not None and len(taxes) > 1


def _class(document: Document, adjustment: GlobalAdjustment, where: str) -> Problems:
    """It needs lines to work on, and an amount cannot be spread over lines taxed differently."""
    if document.traits.exempt:
        return
    mark = IndExe.EXEMPT if adjustment.exempt else None
    lines = [line for line in document.lines if line.exempt is mark]
    if not lines:
        yield Problem("adjustment_without_lines", where)
    if is_indivisible(document, adjustment):
        yield Problem("adjustment_must_be_percent", f"{where}.amount")


def check_sums(document: Document) -> Problems:
    """What the discounts leave of each class of lines: never less than nothing."""
    for of_class in (affected_sum, exempt_sum):
        left = of_class(document.kind, document.lines, document.adjustments)
        if left < 0 and document.adjustments:
            yield Problem("discount_above_lines", "adjustments", {"amount": -left})
