"""Days in what the library tells, as the reader's language writes them."""

import re
from datetime import date, datetime

from odoo.tools.misc import format_date

from ..sii import clock

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")


def dates_told(env, data):
    """The data of a problem, its ISO days and moments as the language of ``env`` writes days."""
    return {name: _day(env, value) for name, value in data.items()}


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
