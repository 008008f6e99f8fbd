"""Rules of single values: texts, RUTs, dates, numbers (PROTOCOL 0.3, 5.3)."""

import re
import unicodedata
from collections.abc import Iterator, Sized
from datetime import date
from decimal import Decimal

from .. import rut
from ..errors import Problem
from ..text import fold, unencodable

Problems = Iterator[Problem]

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2050, 12, 31)
MAX_PESOS = 10**18 - 1
MAX_NUMBER = Decimal(10**12)
DECIMALS = 6

_BEYOND_LATIN_1 = re.compile("[^\x00-\xff]")


def text(value: str, where: str, limit: int | None = None, missing: str = "") -> Problems:
    """A text that must not be clipped beyond ``limit`` nor lose letters.

    missing: code of the problem when nothing of it is visible; empty when it may be absent.
    Symbols and emoji of other alphabets are dropped in silence, letters and digits are not.
    """
    if not value and not missing:
        return
    lost = _lost_letters(value) if _BEYOND_LATIN_1.search(value) else ""
    folded = fold(value)
    if lost:
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


def pesos(value: int | None, where: str, least: int = 0) -> Problems:
    """An amount in pesos of at most 18 digits."""
    if value is not None and not least <= value <= MAX_PESOS:
        yield Problem("amount_out_of_range", where, {"amount": value})


def number(value: Decimal | None, where: str) -> Problems:
    """A quantity or unit price: positive, at most twelve digits and six decimals."""
    if value is None:
        return
    if not value.is_finite() or not 0 < value < MAX_NUMBER:
        yield Problem("number_out_of_range", where, {"number": str(value)})
    elif _decimals(value) > DECIMALS:
        yield Problem("number_too_precise", where, {"number": str(value), "decimals": DECIMALS})


def percent(value: Decimal | None, where: str) -> Problems:
    """A percentage of 0.01 to 100 with two decimals."""
    if value is None:
        return
    if not value.is_finite() or not 0 < value <= 100 or _decimals(value) > 2:
        yield Problem("percent_invalid", where, {"percent": str(value)})


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


def _decimals(value: Decimal) -> int:
    return max(0, -value.normalize().as_tuple().exponent)


def _lost_letters(value: str) -> str:
    return "".join(char for char in unencodable(value) if unicodedata.category(char)[0] in "LN")
