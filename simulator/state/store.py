"""The database of the simulated SII."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TABLES = Path(__file__).with_name("tables.sql")
_REGISTERS = (
    "companies",
    "cafs",
    "annulled_folios",
    "seeds",
    "tokens",
    "boleta_seeds",
    "boleta_tokens",
    "envelopes",
    "envelope_states",
    "documents",
    "document_references",
    "claims",
    "register_lists",
    "register_documents",
    "script",
    "exchanges",
)


class Store:
    """One SQLite connection shared by all request threads, one transaction at a time.

    :param folder: where ``sii.sqlite3`` lives; ``None`` keeps everything in memory.
    """

    def __init__(self, folder: Path | None = None):
        self._lock = threading.RLock()
        self._depth = 0
        if folder is None:
            target = ":memory:"
        else:
            # The database holds the private keys of the test authorities.
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            target = str(folder / "sii.sqlite3")
        self._connection = sqlite3.connect(target, check_same_thread=False, isolation_level=None)
        if folder is not None:
            os.chmod(target, 0o600)
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(_TABLES.read_text(encoding="utf-8"))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; an inner transaction is part of the outer one."""
        with self._lock:
            if self._depth:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._depth = 0

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self.transaction() as db:
            return db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        with self.transaction() as db:
            return db.execute(sql, values).fetchone()

    def execute(self, sql: str, *values: Any) -> int:
        """Run one statement; the id of the row it inserted, if any."""
        with self.transaction() as db:
            return db.execute(sql, values).lastrowid or 0

    def get(self, key: str, default: Any = None) -> Any:
        """A value kept under a name (JSON types)."""
        found = self.row("SELECT value FROM meta WHERE key = ?", key)
        return json.loads(found["value"]) if found else default

    def put(self, key: str, value: Any) -> None:
        self.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            json.dumps(value),
        )

    def forget(self, key: str) -> None:
        self.execute("DELETE FROM meta WHERE key = ?", key)

    def clear(self) -> None:
        """Empty every register; what stands under a name (the keys) stays."""
        with self.transaction() as db:
            for table in _REGISTERS:
                db.execute(f"DELETE FROM {table}")  # noqa: S608 (names from the tuple above)

    def close(self) -> None:
        with self._lock:
            self._connection.close()
