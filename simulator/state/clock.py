"""The simulator's time: real time plus an offset that tests move."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from .store import Store

CHILE = ZoneInfo("America/Santiago")


def local(instant: float) -> datetime:
    """Seconds since 1970 as an aware time of continental Chile."""
    return datetime.fromtimestamp(instant, CHILE)


class Clock:
    def __init__(self, store: Store):
        self._store = store

    def instant(self) -> float:
        """Now, in seconds since 1970."""
        return time.time() + self._store.get("clock_offset", 0)

    def now(self) -> datetime:
        """Now, as an aware time of continental Chile."""
        return local(self.instant())

    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.instant(), UTC)

    def advance(self, seconds: float) -> None:
        """Move forward (or back, when negative)."""
        self._store.put("clock_offset", self._store.get("clock_offset", 0) + seconds)

    def set(self, moment: datetime) -> None:
        """Make it this moment; a naive one is taken as Chilean time."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=CHILE)
        self._store.put("clock_offset", aware.timestamp() - time.time())
