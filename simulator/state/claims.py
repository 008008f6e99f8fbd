"""What receivers answered about documents: accepted, claimed, goods received."""

import sqlite3
from datetime import timedelta

from .clock import Clock, local
from .store import Store

TERM = timedelta(days=8)


class Claims:
    def __init__(self, store: Store, clock: Clock):
        self._store, self._clock = store, clock

    def add(self, rut: str, type_: int, folio: int, code: str, responsible: str) -> None:
        self._store.execute(
            "INSERT INTO claims (rut, type, folio, code, responsible, at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rut,
            type_,
            folio,
            code,
            responsible,
            self._clock.instant(),
        )

    def of(self, rut: str, type_: int, folio: int) -> list[sqlite3.Row]:
        """Oldest first."""
        return self._store.rows(
            "SELECT * FROM claims WHERE rut = ? AND type = ? AND folio = ? ORDER BY id",
            rut,
            type_,
            folio,
        )

    def is_late(self, received_at: float) -> bool:
        """Whether the eight calendar days of Chile are over."""
        return self._clock.now() > local(received_at) + TERM
