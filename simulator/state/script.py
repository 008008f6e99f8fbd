"""What shall happen next, written by a test or a person: faults, codes, verdicts."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from ..reasons import level
from .store import Store

STATUS_SERVICES = {"envelope_status", "document_status", "signature_status"}
SOAP = {"seed", "token"} | STATUS_SERVICES
_BOLETA_STATUS = {"boleta_envelope_status", "boleta_document_status"}
_BOLETA_LOGIN = {"boleta_seed", "boleta_token"}
BOLETA = _BOLETA_LOGIN | _BOLETA_STATUS | {"boleta_upload", "boleta_tables"}
REGISTERS = {"register", "honoraria"}
HTTP = SOAP | BOLETA | {"upload", "claims"} | REGISTERS
OPERATIONS = HTTP | {"document"}
# Each action with the operations it makes sense for; a value after the colon where one is named.
ACTIONS: dict[str, set[str]] = {
    "503": HTTP,
    "405": BOLETA,
    "429": BOLETA,
    "denied": BOLETA,
    "html": HTTP,
    "error_500": HTTP,
    "timeout": HTTP,
    "truncate": HTTP,
    "drop_before": HTTP,
    "drop_after_processing": HTTP,
    "delay": OPERATIONS,
    "latin1": HTTP,
    "swapped": SOAP | _BOLETA_LOGIN,
    "qualified": SOAP | _BOLETA_LOGIN,
    "token_expired": STATUS_SERVICES
    | _BOLETA_STATUS
    | {"upload", "boleta_upload", "claims"}
    | REGISTERS,
    "half": {"register"},
    "estado": SOAP | _BOLETA_LOGIN,
    "status": {"upload"},
    "duplicate": {"upload", "document"},
    "object": {"document"},
    "reject": {"document"},
}
_SECONDS = {"timeout", "delay", "405", "429"}
_LEVELS = {"object": (1, 2), "reject": (3,)}
_REPEATED = "DTE-3-100"

Documents = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Action:
    """``name`` and the text after its colon."""

    name: str
    value: str

    @property
    def seconds(self) -> float:
        return float(self.value)

    def __str__(self) -> str:
        return f"{self.name}:{self.value}" if self.value else self.name


def _action(text: str) -> Action:
    name, _, value = text.partition(":")
    return Action(name, value)


class Script:
    """A queue: the first entry that fits is used, ``times`` times."""

    def __init__(self, store: Store):
        self._store = store

    def add(self, entry: dict[str, Any]) -> None:
        """Queue ``{on, do, times?, match?: {type?, folio?}}``; raises ValueError."""
        operation, action = str(entry.get("on")), _action(str(entry.get("do")))
        _check(operation, action)
        times = int(entry.get("times", 1))
        if times < 1:
            raise ValueError("times is one or more")
        match = entry.get("match") or {}
        self._store.execute(
            "INSERT INTO script (operation, action, times, folio, type) VALUES (?, ?, ?, ?, ?)",
            operation,
            str(action),
            times,
            *(int(match[key]) if match.get(key) else None for key in ("folio", "type")),
        )

    def all(self) -> list[dict[str, Any]]:
        return [
            {
                "id": row["id"],
                "on": row["operation"],
                "do": row["action"],
                "times": row["times"],
                "match": {key: row[key] for key in ("folio", "type") if row[key] is not None},
            }
            for row in self._store.rows("SELECT * FROM script ORDER BY id")
        ]

    def clear(self) -> None:
        self._store.execute("DELETE FROM script")

    def take(self, operation: str, documents: Documents) -> Action | None:
        """Use up one turn of the first entry for this operation and these (type, folio)."""
        return self._take(operation, documents, set(ACTIONS))

    def take_delay(self, operation: str, documents: Documents) -> float:
        """Seconds by which the verdict on these documents is put off; 0 when it is not."""
        action = self._take(operation, documents, {"delay"})
        return action.seconds if action else 0

    def take_reason(self, type_: int, folio: int) -> str:
        """The code a document is objected or rejected with, whatever it is like; '' when none."""
        verdicts = {"object", "reject", "duplicate"}
        action = self._take("document", [(type_, folio)], verdicts)
        return (action.value or _REPEATED) if action else ""

    def _take(self, operation: str, documents: Documents, names: set[str]) -> Action | None:
        with self._store.transaction():
            for row in self._store.rows(
                "SELECT * FROM script WHERE operation = ? ORDER BY id", operation
            ):
                action = _action(row["action"])
                if action.name in names and _fits(row, documents):
                    self._use(row)
                    return action
        return None

    def _use(self, row: sqlite3.Row) -> None:
        if row["times"] > 1:
            self._store.execute("UPDATE script SET times = times - 1 WHERE id = ?", row["id"])
        else:
            self._store.execute("DELETE FROM script WHERE id = ?", row["id"])


def _fits(row: sqlite3.Row, documents: Documents) -> bool:
    if row["folio"] is None and row["type"] is None:
        return True
    return any(
        row["type"] in (None, type_) and row["folio"] in (None, folio) for type_, folio in documents
    )


def _check(operation: str, action: Action) -> None:
    if operation not in ACTIONS.get(action.name, set()):
        raise ValueError(f"{action.name} cannot happen on {operation}")
    if action.name in _SECONDS and not float(action.value or "nan") > 0:
        raise ValueError(f"{action.name} needs seconds: {action.name}:5")
    if action.name in _LEVELS and level(action.value) not in _LEVELS[action.name]:
        raise ValueError(f"{action.value} is not a code to {action.name} with")
    if action.name == "status" and not action.value.isdecimal():
        raise ValueError("status needs a number: status:9")
    if action.name == "estado" and not action.value:
        raise ValueError("estado needs a code: estado:08")
