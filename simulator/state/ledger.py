"""The documents the SII judged, and what it holds."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from .store import Store

_CREDIT_NOTE = 61
_ANNULS, _CORRECTS_AMOUNTS = 1, 3
_HELD = "verdict IN ('accepted', 'objected')"


@dataclass(frozen=True, slots=True)
class Entry:
    """A judged document. ``issued_on`` is AAAA-MM-DD, ``total`` pesos.

    ``references`` are (CodRef, type, folio) of the documents a note changes.
    """

    track_id: int
    rut: str
    type: int
    folio: int
    receiver: str
    issued_on: str
    total: int
    verdict: str
    reasons: tuple[str, ...]
    decided_at: float
    references: tuple[tuple[int, int, int], ...] = ()


class Ledger:
    """In: each judged document. Out: what the SII holds of a folio, and the notes in force over it.

    A rejected document never counts as held, and a judged one never changes.
    """

    def __init__(self, store: Store):
        self._store = store

    def add(self, entry: Entry) -> None:
        with self._store.transaction():
            row = self._store.execute(
                "INSERT INTO documents (track_id, rut, type, folio, receiver, issued_on, total,"
                " verdict, reasons, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.track_id,
                entry.rut,
                entry.type,
                entry.folio,
                entry.receiver,
                entry.issued_on,
                entry.total,
                entry.verdict,
                json.dumps(entry.reasons),
                entry.decided_at,
            )
            for reference in entry.references:
                self._store.execute(
                    "INSERT INTO document_references VALUES (?, ?, ?, ?)", row, *reference
                )

    def held(self, rut: str, type_: int, folio: int) -> sqlite3.Row | None:
        """The accepted or objected document of this folio: a folio is consumed by no other."""
        return self._store.row(
            f"SELECT * FROM documents WHERE rut = ? AND type = ? AND folio = ? AND {_HELD}",
            rut,
            type_,
            folio,
        )

    def credited(self, rut: str, type_: int, folio: int) -> list[int]:
        """Pesos by which each held credit note lowered a document; negative: given back."""
        return [
            note["total"] if note["type"] == _CREDIT_NOTE else -note["total"]
            for note in self._notes(rut, type_, folio)
            if note["code"] == _CORRECTS_AMOUNTS and not self._is_annulled(rut, note)
        ]

    def of_envelope(self, track_id: int) -> list[sqlite3.Row]:
        return self._store.rows("SELECT * FROM documents WHERE track_id = ? ORDER BY id", track_id)

    def search(
        self, rut: str | None = None, type_: int | None = None, folio: int | None = None
    ) -> list[sqlite3.Row]:
        """Judged documents, latest first, narrowed by what is given."""
        return self._store.rows(
            "SELECT * FROM documents WHERE rut = coalesce(?, rut) AND type = coalesce(?, type)"
            " AND folio = coalesce(?, folio) ORDER BY id DESC",
            rut,
            type_,
            folio,
        )

    def modification(self, rut: str, type_: int, folio: int) -> tuple[int, int] | None:
        """The last note in force over a document: its type and CodRef.

        A note that was itself annulled by another one changes nothing any more.
        """
        for note in self._notes(rut, type_, folio):
            if not self._is_annulled(rut, note):
                return note["type"], note["code"]
        return None

    def _is_annulled(self, rut: str, note: sqlite3.Row) -> bool:
        over = self.modification(rut, note["type"], note["folio"])
        return over is not None and over[1] == _ANNULS

    def _notes(self, rut: str, type_: int, folio: int) -> Iterable[sqlite3.Row]:
        return self._store.rows(
            "SELECT d.type, d.folio, d.total, r.code FROM document_references r"
            " JOIN documents d ON d.id = r.document_id"
            f" WHERE d.rut = ? AND r.type = ? AND r.folio = ? AND d.{_HELD} ORDER BY d.id DESC",
            rut,
            type_,
            folio,
        )
