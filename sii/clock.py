"""Chile's clock: every date and timestamp the SII reads is local time of continental Chile."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

_TIMESTAMP = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?"
)
CHILE = ZoneInfo("America/Santiago")


def now() -> datetime:
    """The present moment, aware, in Chile."""
    return datetime.now(CHILE)


def today() -> date:
    """The present day in Chile."""
    return now().date()


def timestamp(moment: datetime) -> str:
    """``AAAA-MM-DDTHH:MM:SS`` in Chile, as in PROTOCOL 0.3. ``moment`` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no place in a tax document")
    return moment.astimezone(CHILE).strftime("%Y-%m-%dT%H:%M:%S")


def read_timestamp(text: str) -> datetime | None:
    """The aware moment that a document states, in Chile unless it names a zone; or None."""
    if not _TIMESTAMP.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=CHILE)
