"""wsRegistroReclamoDTE: who may answer what about a document, and until when (PROTOCOL 8.4)."""

import sqlite3

from ... import ruts
from ...office import Office
from ...state.sessions import Session
from ..soap import Call
from .table import DESCRIPTIONS, TYPES, verdict

Reply = tuple[int, list[sqlite3.Row]]


class Claims:
    """Answers are (codResp, events)."""

    def __init__(self, office: Office):
        self._office = office

    def act(self, call: Call, session: Session) -> Reply:
        """ingresarAceptacionReclamoDoc."""
        problem, held = self._document(call)
        if held is None:
            return problem, []
        if not self._acts_for(session, held["receiver"]):
            return (17 if self._acts_for(session, held["rut"]) else 14), []
        action = call.argument(4).strip()
        if action not in DESCRIPTIONS:
            return 4, []
        claims = self._office.claims
        key = (held["rut"], held["type"], held["folio"])
        registered = {event["code"] for event in claims.of(*key)}
        code = verdict(action, registered, claims.is_late(self.received_at(held)))
        if code == 0:
            claims.add(*key, action, session.rut)
        return code, []

    def history(self, call: Call, session: Session) -> Reply:
        """listarEventosHistDoc."""
        problem, held = self._document(call)
        if held is None:
            return problem, []
        if not any(self._acts_for(session, held[role]) for role in ("rut", "receiver")):
            return 14, []
        events = self._office.claims.of(held["rut"], held["type"], held["folio"])
        return (15 if events else 16), events

    def reception(self, call: Call, session: Session) -> sqlite3.Row | None:
        """consultarFechaRecepcionSii: the document, or None."""
        _problem, held = self._document(call)
        if held is None:
            return None
        mine = any(self._acts_for(session, held[role]) for role in ("rut", "receiver"))
        return held if mine else None

    def received_at(self, held: sqlite3.Row) -> float:
        """When its envelope came in, in seconds since 1970."""
        return self._office.envelopes.get(held["track_id"])["received_at"]

    def _document(self, call: Call) -> tuple[int, sqlite3.Row | None]:
        issuer = ruts.join(call.argument(0), call.argument(1))
        if not issuer:
            return 1, None
        type_, folio = call.number(2), call.number(3)
        if type_ not in TYPES:
            return 3, None
        if not folio:
            return 2, None
        return 18, self._office.ledger.held(issuer, type_, folio)

    def _acts_for(self, session: Session, rut: str) -> bool:
        company = self._office.companies.get(rut)
        return company is not None and session.rut in company.users
