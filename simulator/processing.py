"""An envelope's way through the SII: REC, SOK, CRT, FOK, PDR, EPR (PROTOCOL 3.1, 13.4)."""

import sqlite3
from collections.abc import Iterator

from lxml import etree

from . import filings
from .checks import envelope as envelope_checks
from .checks.content import content_errors
from .checks.context import Context
from .checks.document import judge
from .checks.dte import Dte
from .checks.references import changed
from .office import Office
from .reasons import Reason, verdict
from .registered import registered
from .state.clock import local
from .state.envelopes import came_by_rest
from .state.ledger import Entry
from .state.settings import STAGES
from .verify import xmltext

_BOLETA_ROOTS = frozenset({"EnvioBOLETA"})
_REFUSED = {"SOK": "RSC", "CRT": "RCT", "FOK": "RFR"}


class Processing:
    """Does, when asked, everything that was due by the simulator's clock."""

    def __init__(self, office: Office):
        self._office = office

    def catch_up(self) -> None:
        """Take every envelope as far as its time has come, in the order of that time."""
        with self._office.store.transaction():
            while due := self._office.envelopes.next_due():
                self._step(due)

    def _step(self, row: sqlite3.Row) -> None:
        at, track_id = row["next_at"], row["track_id"]
        if self._was_filing(row, at):
            return
        reached = ["REC", *STAGES].index(row["state"])
        state = STAGES[reached]
        if state == "SOK" and self._is_repeated(row):
            self._office.envelopes.move(track_id, "RPT", at, None)
            return
        reasons = self._envelope_reasons(state, row)
        if reasons:
            self._office.envelopes.give_reasons(track_id, [str(reason) for reason in reasons])
            self._office.envelopes.move(track_id, _REFUSED[state], at, None)
            return
        if state == "EPR":
            if self._was_postponed(row):
                return
            self._judge_documents(row, at)
            self._office.envelopes.move(track_id, state, at, None)
            return
        wait = self._office.settings.stage_seconds(STAGES[reached + 1])
        self._office.envelopes.move(track_id, state, at, at + wait)

    def _was_filing(self, row: sqlite3.Row, at: float) -> bool:
        """Books and summaries take one step to be read and one to be judged."""
        if came_by_rest(row["track_id"]):
            return False
        root = xmltext.parse(row["content"])
        if etree.QName(root).localname not in filings.ROOTS:
            return False
        filing = filings.Filing(self._office, row, root)
        if row["state"] == "REC":
            wait = self._office.settings.stage_seconds("EPR")
            self._office.envelopes.move(row["track_id"], filing.received, at, at + wait)
            return True
        state, reasons = filing.verdict()
        self._office.envelopes.give_reasons(row["track_id"], [str(reason) for reason in reasons])
        self._office.envelopes.move(row["track_id"], state, at, None)
        return True

    def _is_repeated(self, row: sqlite3.Row) -> bool:
        """DTEUpload refuses the same bytes at once, the boleta service finds out later."""
        return came_by_rest(row["track_id"]) and self._office.envelopes.was_received(
            row["company"], row["content"], before=row["track_id"]
        )

    def _envelope_reasons(self, state: str, row: sqlite3.Row) -> list[Reason]:
        if state not in _REFUSED:
            return []
        if state == "SOK" and came_by_rest(row["track_id"]):
            errors = content_errors(row["content"], self._office.schemas, _BOLETA_ROOTS)
            if errors:
                return [Reason("ENV-3-0", error) for error in errors]
        root = xmltext.parse(row["content"])
        company = self._office.companies.get(row["company"])
        if state == "SOK":
            return envelope_checks.schema(root, row["content"])
        if state == "CRT":
            return envelope_checks.cover(root, company, row["sender"])
        return envelope_checks.signature(
            root, company, self._office.persons.certificate, local(row["received_at"])
        )

    def _was_postponed(self, row: sqlite3.Row) -> bool:
        documents = [(dte.type, dte.folio) for dte in _documents(row)]
        seconds = self._office.script.take_delay("document", documents)
        if seconds:
            self._office.envelopes.postpone(row["track_id"], row["next_at"] + seconds)
        return bool(seconds)

    def _judge_documents(self, row: sqlite3.Row, at: float) -> None:
        context = Context(
            company=self._office.companies.get(row["company"]),
            received_at=local(row["received_at"]),
            root=self._office.persons.certificate,
            caf_keys=self._office.caf_keys,
            folios=self._office.folios,
            ledger=self._office.ledger,
            boleta_limit=self._office.settings.boleta_limit,
        )
        for dte in _documents(row):
            reasons = self._scripted(dte) or judge(dte, context)
            context.seen.add((dte.type, dte.folio))
            entry = _entry(row["track_id"], dte, reasons, at)
            self._office.ledger.add(entry)
            if entry.verdict != "rejected" and (kept := registered(dte, row["received_at"])):
                self._office.register.feed(kept)

    def _scripted(self, dte: Dte) -> list[Reason]:
        code = self._office.script.take_reason(dte.type, dte.folio)
        return [Reason(code)] if code else []


def _documents(row: sqlite3.Row) -> Iterator[Dte]:
    return map(Dte, xmltext.fragments(row["content"]))


def _entry(track_id: int, dte: Dte, reasons: list[Reason], at: float) -> Entry:
    return Entry(
        track_id=track_id,
        rut=dte.issuer,
        type=dte.type,
        folio=dte.folio,
        receiver=dte.receiver,
        issued_on=dte.issued_on.isoformat(),
        total=dte.total,
        verdict=verdict(reasons),
        reasons=tuple(str(reason) for reason in reasons),
        decided_at=at,
        references=changed(dte),
    )
