"""What can be done with the office: enrol companies, issue CAFs, see envelopes, move the clock."""

import base64
import json
import sqlite3
from datetime import date, datetime, timedelta
from typing import Any

from . import ruts
from .keys.caf_authority import IDK
from .office import Office
from .processing import Processing
from .result import result_xml
from .state.clock import local
from .state.companies import Company, read_company

_CERTIFICATE_YEARS = timedelta(days=3 * 365)
_MAX_CAF = 1_000_000


class Operations:
    """Drives one office; the JSON API and the admin page call these same methods.

    Each takes and gives plain JSON values, and raises ValueError or KeyError on bad input and
    LookupError on what does not exist.
    """

    def __init__(self, office: Office, processing: Processing):
        self._office, self._processing = office, processing

    def state(self) -> dict[str, Any]:
        """Environment, time, IDK, settings and how much of everything there is."""
        self._processing.catch_up()
        office = self._office
        return {
            "environment": office.environment,
            "now": office.clock.now().isoformat(timespec="seconds"),
            "idk": IDK,
            "settings": office.settings.all(),
            "counts": {
                "companies": len(office.companies.all()),
                "cafs": len(office.folios.all()),
                "envelopes": len(office.envelopes.all()),
                "documents": len(office.ledger.search()),
                "script": len(office.script.all()),
            },
        }

    def caf_public_key(self) -> str:
        """PEM (SubjectPublicKeyInfo) of the key that signs CAFs under IDK 666."""
        return self._office.caf_authority.public_pem()

    def ca_certificate(self) -> str:
        """PEM of the authority that certifies persons."""
        return self._office.persons.pem()

    def register_company(self, values: dict[str, Any]) -> dict[str, Any]:
        """Enrol, or enrol again: rut, name, resolution_date, resolution_number?, actecos,
        types?, users."""
        company = read_company(values, self._office.environment)
        self._office.companies.register(company)
        return company.as_json()

    def companies(self) -> list[dict[str, Any]]:
        return [company.as_json() for company in self._office.companies.all()]

    def issue_caf(self, values: dict[str, Any]) -> dict[str, Any]:
        """A new folio range: rut, type, count, authorised_on?, first?; gives xml, first, last.

        The xml is text to be written in ISO-8859-1; its private key is kept nowhere here.
        """
        company = self._company(values["rut"])
        type_, count = int(values["type"]), int(values["count"])
        if type_ not in company.types:
            raise ValueError(f"{company.rut} is not authorised for type {type_}")
        if not 1 <= count <= _MAX_CAF:
            raise ValueError(f"count is 1 to {_MAX_CAF}")
        today = self._office.clock.now().date()
        authorised_on = date.fromisoformat(values.get("authorised_on") or today.isoformat())
        first = int(values["first"]) if values.get("first") else None
        given = self._office.folios.reserve(
            company.rut, type_, count, authorised_on.isoformat(), first
        )
        xml = self._office.caf_authority.issue(given, company.name)
        return {"xml": xml, "first": given.first, "last": given.last}

    def cafs(self) -> list[dict[str, Any]]:
        return [
            {
                "rut": given.rut,
                "type": given.type,
                "first": given.first,
                "last": given.last,
                "authorised_on": given.authorised_on,
            }
            for given in self._office.folios.all()
        ]

    def annul_folios(self, values: dict[str, Any]) -> dict[str, Any]:
        """Declare folios void: rut, type, first, last."""
        company = self._company(values["rut"])
        type_, first, last = (int(values[key]) for key in ("type", "first", "last"))
        self._office.folios.annul(company.rut, type_, first, last)
        return {"rut": company.rut, "type": type_, "first": first, "last": last}

    def issue_certificate(self, values: dict[str, Any]) -> dict[str, str]:
        """A person's certificate: rut, name, valid_from?, valid_to? (AAAA-MM-DD)."""
        now = self._office.clock.now()
        start, end = (
            datetime.fromisoformat(values[key]).replace(tzinfo=now.tzinfo)
            if values.get(key)
            else default
            for key, default in (
                ("valid_from", now - timedelta(days=1)),
                ("valid_to", now + _CERTIFICATE_YEARS),
            )
        )
        rut = ruts.canonical(values["rut"])
        person = self._office.persons.issue(rut, str(values["name"]), start, end)
        return {
            "pfx_base64": base64.b64encode(person.pfx).decode(),
            "password": person.password,
            "certificate_pem": person.certificate_pem,
            "key_pem": person.key_pem,
        }

    def envelopes(self) -> list[dict[str, Any]]:
        """All envelopes, latest first, with their documents and reasons."""
        self._processing.catch_up()
        return [self._envelope_json(row) for row in self._office.envelopes.all()]

    def envelope(self, track_id: int | str) -> dict[str, Any]:
        return self._envelope_json(self._envelope(track_id))

    def envelope_xml(self, track_id: int | str) -> bytes:
        """The bytes as they were sent."""
        return self._envelope(track_id)["content"]

    def envelope_result(self, track_id: int | str) -> bytes:
        """RESULTADO_ENVIO as the SII would mail it; LookupError while it is in process."""
        row = self._envelope(track_id)
        if row["next_at"] is not None:
            raise LookupError(f"envelope {track_id} is still in process")
        return result_xml(row, self._office.ledger.of_envelope(row["track_id"]))

    def documents(
        self, rut: str | None = None, type_: int | None = None, folio: int | None = None
    ) -> list[dict[str, Any]]:
        """Judged documents, latest first, narrowed by what is given."""
        self._processing.catch_up()
        return [_document_json(row) for row in self._office.ledger.search(rut, type_, folio)]

    def load_register(self, values: dict[str, Any]) -> dict[str, Any]:
        """Put a list of a company's register: rut, period, list, rows."""
        return self._office.register.load(values)

    def clock(self) -> dict[str, str]:
        return {"now": self._office.clock.now().isoformat(timespec="seconds")}

    def move_clock(self, values: dict[str, Any]) -> dict[str, str]:
        """``{advance: seconds}`` or ``{now: iso}``; what became due is done at once."""
        if "advance" in values:
            self._office.clock.advance(float(values["advance"]))
        else:
            self._office.clock.set(datetime.fromisoformat(values["now"]))
        self._processing.catch_up()
        return self.clock()

    def change_settings(self, values: dict[str, Any]) -> dict[str, Any]:
        """stage_seconds, visible_after_seconds, token_lifetime_seconds."""
        self._office.settings.update(values)
        return self._office.settings.all()

    def script(self) -> list[dict[str, Any]]:
        return self._office.script.all()

    def add_to_script(self, entries: dict[str, Any] | list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Queue one entry or several, all or none."""
        with self._office.store.transaction():
            for entry in entries if isinstance(entries, list) else [entries]:
                self._office.script.add(entry)
        return self.script()

    def clear_script(self) -> list[dict[str, Any]]:
        self._office.script.clear()
        return []

    def exchanges(self) -> list[dict[str, Any]]:
        """What was asked and answered, oldest first; no tokens, no documents."""
        return [{**dict(row), "at": _iso(row["at"])} for row in self._office.exchanges.all()]

    def reset(self) -> dict[str, Any]:
        """Forget everything but the keys of the authorities."""
        self._office.reset()
        return self.state()

    def _company(self, rut: str) -> Company:
        company = self._office.companies.get(ruts.canonical(rut))
        if company is None:
            raise LookupError(f"company {rut} is not registered")
        return company

    def _envelope(self, track_id: int | str) -> sqlite3.Row:
        self._processing.catch_up()
        row = self._office.envelopes.get(int(track_id))
        if row is None:
            raise LookupError(f"no envelope {track_id}")
        return row

    def _envelope_json(self, row: sqlite3.Row) -> dict[str, Any]:
        track_id = row["track_id"]
        return {
            "track_id": f"{track_id:010d}",
            "company": row["company"],
            "sender": row["sender"],
            "filename": row["filename"],
            "received_at": _iso(row["received_at"]),
            "state": row["state"],
            "final": row["next_at"] is None,
            "reasons": json.loads(row["reasons"]),
            "states": [
                {"state": step["state"], "at": _iso(step["at"])}
                for step in self._office.envelopes.states(track_id)
            ],
            "documents": [_document_json(d) for d in self._office.ledger.of_envelope(track_id)],
            "xml": f"/api/envelopes/{track_id}/xml",
            "result": f"/api/envelopes/{track_id}/result.xml",
        }


def _document_json(row: sqlite3.Row) -> dict[str, Any]:
    keys = ("rut", "type", "folio", "receiver", "issued_on", "total", "verdict")
    return {
        **{key: row[key] for key in keys},
        "track_id": f"{row['track_id']:010d}",
        "reasons": json.loads(row["reasons"]),
        "decided_at": _iso(row["decided_at"]),
    }


def _iso(instant: float) -> str:
    return local(instant).isoformat(timespec="seconds")
