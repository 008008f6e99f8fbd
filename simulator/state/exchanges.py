"""The log of what was asked and answered; holds no tokens and no documents."""

import sqlite3

from .clock import Clock
from .store import Store


class Exchanges:
    def __init__(self, store: Store, clock: Clock):
        self._store, self._clock = store, clock

    def add(self, operation: str, http_status: int | None, outcome: str) -> None:
        """One exchange; no status when the connection was closed without an answer."""
        self._store.execute(
            "INSERT INTO exchanges (at, operation, http_status, outcome) VALUES (?, ?, ?, ?)",
            self._clock.instant(),
            operation,
            http_status,
            outcome,
        )

    def all(self) -> list[sqlite3.Row]:
        return self._store.rows("SELECT * FROM exchanges ORDER BY id")
