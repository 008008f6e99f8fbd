"""Days and pesos in sentences, as people write them."""

import re
from datetime import date, datetime

from odoo.tools.misc import format_date

from ....sii import clock

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")


# What these name in a problem is of pesos, or a size that is read as well with dots.
_AMOUNTS = frozenset({"amount", "expected", "found", "limit"})


def values_written(env, data):
    """The data of a problem for people: its ISO days and moments as the language of ``env`` writes
    days, its pesos with dots."""
    return {
        name: dotted(value) if name in _AMOUNTS and type(value) is int else _day(env, value)
        for name, value in data.items()
    }


def dotted(pesos):
    """``5.363.274``, as Chile writes pesos in every language. pesos: int, or a Decimal of some."""
    return f"{pesos:,}".translate(str.maketrans(",.", ".,"))


def _day(env, value):
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return value
    try:
        found = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except ValueError:
        return value  # no day: a stranger's text
    if isinstance(found, datetime):
        found = (found.astimezone(clock.CHILE) if found.tzinfo else found).date()
    return format_date(env, found)
