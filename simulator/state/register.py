"""The registers of companies: documents of each list and month, and fee receipts."""

import json
import re
from dataclasses import dataclass
from typing import Any

from .. import ruts
from .store import Store

OPERACIONES = {
    "COMPRA": ("REGISTRO", "PENDIENTE", "NO_INCLUIR", "RECLAMADO"),
    "VENTA": ("REGISTRO",),
}
REPORTS = ("bhe_received", "bhe_issued", "bte_received", "bte_issued")
_PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Registered:
    """An accepted document. period: ``AAAA-MM`` of its date. received_at: seconds of the clock.

    row: in the words of the facade, without the other side.
    """

    issuer: str
    receiver: str
    type: int
    folio: int
    period: str
    received_at: float
    row: dict[str, Any]


class Register:
    """Lists as the facade has them; a list that is loaded takes the place of the one before."""

    def __init__(self, store: Store):
        self._store = store

    def load(self, values: dict[str, Any]) -> dict[str, Any]:
        """Put a list: rut, period (``AAAA-MM``), list, rows; raises ValueError.

        list: ``COMPRA/REGISTRO`` and the like, or a report of fee receipts. rows: objects in the
        words of the facade (``detTipoDoc``, ... and ``otros`` for further taxes; ``rsmn...`` for
        types without documents), or of the reports.
        """
        rut, period = ruts.canonical(values["rut"]), str(values["period"])
        name, rows = str(values["list"]), values["rows"]
        operacion, _, estado = name.partition("/")
        if estado not in OPERACIONES.get(operacion, ()) and name not in REPORTS:
            raise ValueError(f"unknown list {name}")
        if not _PERIOD.fullmatch(period):
            raise ValueError(f"{period} is no month")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ValueError("rows is a list of objects")
        with self._store.transaction():
            self._store.execute(
                "DELETE FROM register_lists WHERE rut = ? AND period = ? AND name = ?",
                rut,
                period,
                name,
            )
            self._store.execute(
                "INSERT INTO register_lists VALUES (?, ?, ?, ?)",
                rut,
                period,
                name,
                json.dumps(rows),
            )
        return {"rut": rut, "period": period, "list": name, "count": len(rows)}

    def feed(self, document: Registered) -> None:
        """An accepted document stands in the registers of who issued and who received it."""
        self._store.execute(
            "INSERT INTO register_documents VALUES (?, ?, ?, ?, ?, ?, ?)",
            document.issuer,
            document.receiver,
            document.type,
            document.folio,
            document.period,
            document.received_at,
            json.dumps(document.row),
        )

    def documents(self, rut: str, period: str) -> list[Registered]:
        """The accepted ones of a month in which a company has a part, in their order."""
        found = self._store.rows(
            "SELECT * FROM register_documents WHERE ? IN (issuer, receiver) AND period = ?"
            " ORDER BY type, folio",
            rut,
            period,
        )
        return [Registered(**{**dict(row), "row": json.loads(row["row"])}) for row in found]

    def is_loaded(self, rut: str, period: str, name: str) -> bool:
        """Whether a list was put, which then is all there is."""
        return bool(
            self._store.row(
                "SELECT 1 FROM register_lists WHERE rut = ? AND period = ? AND name = ?",
                rut,
                period,
                name,
            )
        )

    def rows(self, rut: str, period: str, name: str) -> list[dict[str, Any]]:
        """What a list that was put holds; nothing when none was."""
        found = self._store.row(
            "SELECT rows FROM register_lists WHERE rut = ? AND period = ? AND name = ?",
            rut,
            period,
            name,
        )
        return json.loads(found["rows"]) if found else []
