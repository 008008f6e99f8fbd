"""OtraMoneda and OtrMnda: the same amounts in another currency (PROTOCOL 5.3, 5.8)."""

from collections.abc import Iterator
from decimal import Decimal

from ..codes import CURRENCIES
from ..document import Document, ForeignLine, ForeignTotals, Totals, limits
from ..document.taxes import TAXES
from ..errors import Problem
from .values import Problems, is_countable, number, percent, text

DECIMALS = 4
MOST = Decimal(10**14)
MOST_RATE = Decimal(10**6)
_ROUNDING = Decimal("0.01")  # of the other currency, in each line and total


def check(document: Document) -> Problems:
    """Rules of the second currency, which must state the same as the pesos."""
    for index, line in enumerate(document.lines):
        if line.foreign:
            yield from _line(line.foreign, f"lines[{index}].foreign")
    foreign = document.foreign
    if foreign is None:
        return
    if foreign.currency not in CURRENCIES:
        yield Problem("currency_unknown", "foreign.currency", {"currency": foreign.currency})
    wrong = [*number(foreign.rate, "foreign.rate", DECIMALS, MOST_RATE)]
    for where, amount, _in_pesos in _amounts(document.totals, foreign):
        wrong += number(amount, where, DECIMALS, MOST)
    for index, tax in enumerate(foreign.taxes):
        wrong += percent(tax.rate, f"foreign.taxes[{index}].rate")
        if tax.code not in TAXES:
            wrong.append(Problem("tax_unknown", f"foreign.taxes[{index}].code", {"tax": tax.code}))
    yield from wrong or _consistent(document, foreign)


def _amounts(totals: Totals, foreign: ForeignTotals) -> Iterator[tuple[str, Decimal | None, int]]:
    """Each amount with its place, and the pesos it stands for."""
    for name in ("total", "net", "exempt", "vat"):
        yield f"foreign.{name}", getattr(foreign, name), getattr(totals, name) or 0
    in_pesos = {tax.code: tax.amount for tax in totals.taxes}
    for index, tax in enumerate(foreign.taxes):
        yield f"foreign.taxes[{index}].amount", tax.amount, in_pesos.get(tax.code, 0)


def _line(foreign: ForeignLine, where: str) -> Problems:
    yield from number(foreign.price, f"{where}.price")
    yield from number(foreign.amount, f"{where}.amount", DECIMALS, MOST)
    yield from number(foreign.rate, f"{where}.rate", DECIMALS, MOST_RATE)
    yield from text(
        foreign.currency, f"{where}.currency", limits.CURRENCY_CODE, "foreign_currency_missing"
    )


def _consistent(document: Document, foreign: ForeignTotals) -> Problems:
    """Each total at the rate gives its pesos, within the rounding of each line."""
    roundings = len(document.lines) + len(document.adjustments) + 1
    tolerance = roundings * (1 + foreign.rate * _ROUNDING)
    for where, amount, in_pesos in _amounts(document.totals, foreign):
        if amount is None or not is_countable(in_pesos):
            continue
        if abs(amount * foreign.rate - in_pesos) > tolerance:
            expected = round(in_pesos / foreign.rate, DECIMALS)
            data = {"expected": str(expected), "amount": str(amount)}
            yield Problem("foreign_wrong", where, data)
