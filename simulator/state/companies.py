"""The companies the SII has authorised to issue DTEs, and who acts for them."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from .. import ruts
from .store import Store

DEFAULT_TYPES = (33, 34, 39, 41, 46, 56, 61)


@dataclass(frozen=True, slots=True)
class Company:
    """An authorised issuer in this environment.

    ``users`` are the RUTs enrolled to sign and send for it; ``types`` the document types it may
    issue; ``actecos`` its registered activity codes.
    """

    rut: str
    name: str
    resolution_date: date
    resolution_number: int
    actecos: tuple[int, ...]
    types: tuple[int, ...]
    users: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "resolution_date": self.resolution_date.isoformat()}


def _company(row: sqlite3.Row) -> Company:
    return Company(
        row["rut"],
        row["name"],
        date.fromisoformat(row["resolution_date"]),
        row["resolution_number"],
        *(tuple(json.loads(row[column])) for column in ("actecos", "types", "users")),
    )


class Companies:
    def __init__(self, store: Store):
        self._store = store

    def register(self, company: Company) -> None:
        """Enrol a company, or replace what was known of it."""
        self._store.execute(
            "INSERT OR REPLACE INTO companies VALUES (?, ?, ?, ?, ?, ?, ?)",
            company.rut,
            company.name,
            company.resolution_date.isoformat(),
            company.resolution_number,
            *(json.dumps(value) for value in (company.actecos, company.types, company.users)),
        )

    def get(self, rut: str) -> Company | None:
        row = self._store.row("SELECT * FROM companies WHERE rut = ?", rut)
        return _company(row) if row else None

    def all(self) -> list[Company]:
        return [_company(row) for row in self._store.rows("SELECT * FROM companies ORDER BY name")]


def read_company(values: dict[str, Any], environment: str) -> Company:
    """A company from JSON; raises ValueError or KeyError on what is missing or wrong.

    The resolution number is 0 in certification (PROTOCOL 5.2) unless stated.
    """
    number = values.get("resolution_number")
    if number is None:
        if environment != "certification":
            raise ValueError("resolution_number is needed in production")
        number = 0
    return Company(
        rut=ruts.canonical(values["rut"]),
        name=str(values["name"]),
        resolution_date=date.fromisoformat(values["resolution_date"]),
        resolution_number=int(number),
        actecos=tuple(int(code) for code in values.get("actecos", ())),
        types=tuple(int(code) for code in values.get("types") or DEFAULT_TYPES),
        users=tuple(ruts.canonical(rut) for rut in values.get("users", ())),
    )
