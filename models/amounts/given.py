"""Discounts over rows that are taxed differently: a percentage of all, or given to the rows they
are for (PROTOCOL 5.5)."""

import re
from dataclasses import replace
from decimal import Decimal

from ...sii.document.amounts import percent_of

_PERCENT_IN_NAME = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_HUNDREDTH = Decimal("0.01")


def named_percents(name):
    """The percentages in the name of a discount."""
    found = (Decimal(text.replace(",", ".")) for text in _PERCENT_IN_NAME.findall(name))
    return [percent.normalize() for percent in found if 0 < percent <= 100]


def sold_of(rows):
    """The rows that sell something."""
    return [row for row in rows if not row.adjusts]


def adjusting_of(rows):
    """The rows that change what the others come to."""
    return [row for row in rows if row.adjusts and row.amount]


def common_percent(rows, name=""):
    """The percentage of all rows that comes to just what the adjusting ones take off, or add, of
    the whole and of the base of each tax; None when there is none."""
    sold, adjusting = sold_of(rows), adjusting_of(rows)
    base, amount = _sum(sold), _sum(adjusting)
    if not base:
        return None
    sums = [(base, amount)] + [
        (_sum(sold, code), _sum(adjusting, code))
        for code in dict.fromkeys(code for row in rows for code in row.codes)
    ]
    sign = -1 if amount < 0 else 1
    computed = (Decimal(abs(amount)) * 100 / base).quantize(_HUNDREDTH).normalize()
    for percent in [*named_percents(name), computed]:
        if percent > 0 and all(sign * percent_of(of, percent) == each for of, each in sums):
            return percent
    return None


def given_to_rows(rows):
    """The rows of one class with what adjusts them given to those with the very same taxes.

    Unchanged when all are taxed alike, when a percentage states it, and when some take off more
    than the rows with their taxes come to: then nothing can state it.
    """
    adjusting = adjusting_of(rows)
    if not adjusting or len({row.codes for row in rows}) == 1 or common_percent(rows) is not None:
        return rows
    given = {}
    for codes in {row.codes for row in adjusting}:
        alike = [index for index, row in enumerate(rows) if row.codes == codes and not row.adjusts]
        taken = -_sum([row for row in adjusting if row.codes == codes])
        held = sum(rows[index].amount for index in alike)
        if not held or taken > held:
            return rows
        shares = _shares(taken, [rows[index].amount for index in alike])
        given.update(zip(alike, shares, strict=True))
    return [_with(row, given.get(index, 0)) for index, row in enumerate(rows)]


def _with(row, share):
    if row.adjusts:
        return replace(row, amount=0)
    return replace(row, amount=row.amount - share, given=share)


def _shares(taken, amounts):
    """So many pesos by the size of amounts, the last ones to the largest remainders."""
    sign, taken, whole = (-1, -taken, sum(amounts)) if taken < 0 else (1, taken, sum(amounts))
    shares = [taken * amount // whole for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda index: -(taken * amounts[index] % whole))
    for index in order[: taken - sum(shares)]:
        shares[index] += 1
    return [sign * share for share in shares]


def _sum(rows, code=None):
    return sum(row.amount for row in rows if code is None or code in row.codes)
