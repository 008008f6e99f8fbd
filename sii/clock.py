"""Chile's clock: every date and timestamp the SII reads is local time of continental Chile."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHILE = ZoneInfo("America/Santiago")


def now() -> datetime:
    """The present moment, aware, in Chile."""
    return datetime.now(CHILE)


def today() -> date:
    """The present day in Chile."""
    return now().date()


def timestamp(moment: datetime) -> str:
    """``AAAA-MM-DDTHH:MM:SS`` in Chile, as PROTOCOL 0.3 wants it. ``moment`` must be aware."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no place in a tax document")
    return moment.astimezone(CHILE).strftime("%Y-%m-%dT%H:%M:%S")
