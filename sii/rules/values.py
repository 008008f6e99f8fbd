"""Rules of single values: texts, RUTs, dates, numbers (PROTOCOL 0.3, 5.3)."""

import unicodedata
from collections.abc import Iterator, Sized
from datetime import date
from decimal import Decimal

from .. import rut
from ..document import Document
from ..errors import Problem
from ..text import fold, unencodable

Problems = Iterator[Problem]

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2050, 12, 31)
MAX_PESOS = 10**18 - 1
TOLERANCE = 1
"""Pesos: VAT taken out of a gross price need not be the rate of its net (PROTOCOL 5.6.3)."""
MAX_NUMBER = Decimal(10**12)
DECIMALS = 6
MAX_PERCENT = Decimal(100)
MAX_SURCHARGE = Decimal("999.99")

_TOTALS = (
    *("total", "net", "exempt", "vat", "vat_not_withheld", "construction_credit"),
    *("deposits", "not_billable", "previous_balance", "payable", "slaughter_base"),
)


def text(value: str, where: str, limit: int | None = None, missing: str = "") -> Problems:
    """A text that must not be clipped beyond ``limit`` nor lose letters.

    missing: code of the problem when no sign of it is visible; empty when it may be absent.
    Symbols and emoji of other alphabets are dropped without a problem, letters and digits are not.
    """
    if not value and not missing:
        return
    folded = fold(value)
    if folded != value and (lost := _lost_letters(value)):
        yield Problem("text_not_encodable", where, {"characters": lost})
    elif missing and not folded:
        yield Problem(missing, where)
    if limit is not None and len(folded) > limit:
        yield Problem("text_too_long", where, {"limit": limit, "length": len(folded)})


def taxpayer(value: str, where: str, missing: str) -> Problems:
    """A RUT with its right check digit."""
    if not value.strip():
        yield Problem(missing, where)
    elif not rut.is_valid(value):
        yield Problem("rut_invalid", where, {"rut": value})


def day(value: date | None, where: str) -> Problems:
    """A date inside the schemas' window."""
    if value is not None and not FIRST_DAY <= value <= LAST_DAY:
        yield Problem("date_out_of_range", where, {"date": value.isoformat()})


def pesos(value: int | None, where: str, least: int = 0, most: int = MAX_PESOS) -> Problems:
    """An amount in pesos of at most 18 digits, or of another most."""
    if value is not None and not least <= value <= most:
        yield Problem("amount_out_of_range", where, {"amount": value})


def signed_pesos(value: int | None, where: str) -> Problems:
    """An amount in pesos of at most 18 digits that may be negative."""
    yield from pesos(None if value is None else abs(value), where)


def number(
    value: Decimal | None, where: str, decimals: int = DECIMALS, most: Decimal = MAX_NUMBER
) -> Problems:
    """A quantity, price, foreign amount or rate: positive, below ``most``, so many decimals."""
    if value is None:
        return
    if not value.is_finite() or not 0 < value < most:
        yield Problem("number_out_of_range", where, {"number": f"{value:f}"})
    elif _decimals(value) > decimals:
        yield Problem("number_too_precise", where, {"number": f"{value:f}", "decimals": decimals})


def percent(value: Decimal | None, where: str, limit: Decimal = MAX_PERCENT) -> Problems:
    """A percentage of 0.01 to 100, or to another limit, with two decimals."""
    if value is None:
        return
    if not value.is_finite() or value <= 0 or _decimals(value) > 2:
        yield Problem("percent_invalid", where, {"percent": str(value)})
    elif value > limit:
        data = {"percent": str(value), "limit": str(limit)}
        yield Problem("percent_above_limit", where, data)


def at_most(limit: int, values: Sized, where: str) -> Problems:
    """No more than ``limit`` of them."""
    if len(values) > limit:
        yield Problem("too_many", where, {"limit": limit, "count": len(values)})


def is_usable(value: Decimal | None) -> bool:
    """Whether one may calculate with this quantity, price or percentage, or need not."""
    return value is None or (value.is_finite() and 0 < value < MAX_NUMBER)


def is_countable(value: int | None) -> bool:
    """Whether one may add this amount up, or need not."""
    return value is None or abs(value) <= MAX_PESOS


def is_computable(document: Document) -> bool:
    """Whether the other rules found numbers one can add up."""
    totals, adjustments = document.totals, document.adjustments
    amounts = [*(line.amount for line in document.lines), *(each.amount for each in adjustments)]
    amounts += [getattr(totals, field) for field in _TOTALS]
    amounts += [tax.amount for tax in totals.taxes]
    return (
        is_usable(totals.vat_rate)
        and all(map(is_countable, amounts))
        and all(is_usable(each.percent) for each in adjustments)
        and all((each.percent is None) != (each.amount is None) for each in adjustments)
    )


def _decimals(value: Decimal) -> int:
    return max(0, -value.normalize().as_tuple().exponent)


def _lost_letters(value: str) -> str:
    return "".join(char for char in unencodable(value) if unicodedata.category(char)[0] in "LN")
