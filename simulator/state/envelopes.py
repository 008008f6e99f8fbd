"""Envelopes received, and the way each went through the SII."""

import hashlib
import json
import secrets
import sqlite3
from typing import Any

from .clock import Clock
from .settings import Settings
from .store import Store

GLOSAS = {
    "REC": "Envio Recibido",
    "SOK": "Schema Validado",
    "CRT": "Caratula OK",
    "FOK": "Firma de Envio Validada",
    "PDR": "Envio en Proceso",
    "EPR": "Envio Procesado",
    "RSC": "Rechazado por Error en Schema",
    "RCT": "Rechazado por Error en Carátula",
    "RFR": "Rechazado por Error en Firma",
    "RPT": "Rechazado por Repetido",
    "RCO": "Rechazado por Consistencia",
    "LSO": "Schema de Libro Correcto",
    "LOK": "Envio de Libro Aceptado - Cuadrado",
    "LTC": "Libro Cerrado - Informacion Cuadrada",
    "LRH": "Envio Rechazado - Informacion No Cuadrada",
    "LNC": "Tipo de Envio de Libro No Corresponde",
    "LRC": "Libro Rechazado por Error en Caratula",
    "LRF": "Libro Rechazado por Error en Firma",
}
_FIRST_TRACK_ID = 253_000_000
# The boleta service numbers by itself, with 15 digits (PROTOCOL 4.2).
_FIRST_BOLETA_TRACK_ID = 253_000_000_000_000


class Envelopes:
    """In: an envelope and each state it reaches. Out: its track id, and which one is due next.

    Track ids never repeat, and the bytes received never change.
    """

    def __init__(self, store: Store, clock: Clock, settings: Settings):
        self._store, self._clock, self._settings = store, clock, settings

    def receive(
        self, company: str, sender: str, filename: str, content: bytes, by_rest: bool = False
    ) -> int:
        """Keep an envelope in state REC; its track id, of the series of its channel."""
        now = self._clock.instant()
        first = _FIRST_BOLETA_TRACK_ID if by_rest else _FIRST_TRACK_ID
        with self._store.transaction():
            top = self._store.row(
                "SELECT MAX(track_id) AS top FROM envelopes WHERE (track_id > ?) = ?",
                _FIRST_BOLETA_TRACK_ID,
                by_rest,
            )["top"]
            track_id = (top or first) + 1 + secrets.randbelow(90)
            self._store.execute(
                "INSERT INTO envelopes (track_id, company, sender, filename, sha1, content,"
                " received_at, visible_at, state, next_at) VALUES (?,?,?,?,?,?,?,?,'REC',?)",
                track_id,
                company,
                sender,
                filename,
                fingerprint(content),
                content,
                now,
                now + self._settings.visible_after,
                now + self._settings.stage_seconds("SOK"),
            )
            self._log(track_id, "REC", now)
        return track_id

    def was_received(self, company: str, content: bytes, before: int | None = None) -> bool:
        """Whether the company sent these very bytes already (before this track id)."""
        return bool(
            self._store.row(
                "SELECT 1 FROM envelopes WHERE company = ? AND sha1 = ?"
                " AND track_id < coalesce(?, track_id + 1)",
                company,
                fingerprint(content),
                before,
            )
        )

    def next_due(self) -> sqlite3.Row | None:
        """The envelope whose next step was due first, if any is due now."""
        return self._store.row(
            "SELECT * FROM envelopes WHERE next_at <= ? ORDER BY next_at, track_id LIMIT 1",
            self._clock.instant(),
        )

    def move(self, track_id: int, state: str, at: float, next_at: float | None) -> None:
        """Reach a state at an instant; ``next_at`` None when it is final."""
        with self._store.transaction():
            self._store.execute(
                "UPDATE envelopes SET state = ?, next_at = ? WHERE track_id = ?",
                state,
                next_at,
                track_id,
            )
            self._log(track_id, state, at)

    def postpone(self, track_id: int, next_at: float) -> None:
        self._store.execute(
            "UPDATE envelopes SET next_at = ? WHERE track_id = ?", next_at, track_id
        )

    def give_reasons(self, track_id: int, reasons: list[str]) -> None:
        """Why the envelope as a whole was refused."""
        self._store.execute(
            "UPDATE envelopes SET reasons = ? WHERE track_id = ?", json.dumps(reasons), track_id
        )

    def get(self, track_id: int) -> sqlite3.Row | None:
        return self._store.row("SELECT * FROM envelopes WHERE track_id = ?", track_id)

    def all(self) -> list[sqlite3.Row]:
        """All of them, latest first."""
        return self._store.rows("SELECT * FROM envelopes ORDER BY track_id DESC")

    def states(self, track_id: int) -> list[dict[str, Any]]:
        rows = self._store.rows(
            "SELECT state, at FROM envelope_states WHERE track_id = ? ORDER BY rowid", track_id
        )
        return [dict(row) for row in rows]

    def _log(self, track_id: int, state: str, at: float) -> None:
        self._store.execute("INSERT INTO envelope_states VALUES (?, ?, ?)", track_id, state, at)


def came_by_rest(track_id: int) -> bool:
    """Whether the envelope came through the boleta service, which verifies everything later."""
    return track_id > _FIRST_BOLETA_TRACK_ID


def fingerprint(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
