"""What DTEUpload takes other than documents: books and daily summaries (PROTOCOL 3.1, 4.5, 9.3)."""

import sqlite3
from collections.abc import Callable, Iterator

from lxml import etree

from .checks import envelope
from .checks.books import book, folio_summary
from .office import Office
from .reasons import Reason
from .state.clock import local
from .verify import xmltext
from .verify.xmltext import text

BOOK, SUMMARY = "LibroCompraVenta", "ConsumoFolios"
ROOTS = frozenset({BOOK, SUMMARY})
_BOOK_CARATULA = "EnvioLibro/Caratula"
_SUMMARY_CARATULA = "DocumentoConsumoFolios/Caratula"
_ACCEPTED = ("LOK", "LTC", "EPR")
_SPECIAL = "ESPECIAL"

Check = Callable[[], Iterator[Reason]]


class Filing:
    """One book or summary in the simulator's hands."""

    def __init__(self, office: Office, row: sqlite3.Row, root: etree._Element):
        self._office, self._row, self._root = office, row, root
        self._is_book = etree.QName(root).localname == BOOK

    @property
    def received(self) -> str:
        """The state between reception and verdict."""
        return "LSO" if self._is_book else "SOK"

    def verdict(self) -> tuple[str, list[Reason]]:
        """The final state, and why it is a refusal."""
        for state, check in self._book_checks() if self._is_book else self._summary_checks():
            reasons = list(check())
            if reasons:
                return state, reasons
        if not self._is_book:
            return "EPR", []
        special = text(self._root, f"{_BOOK_CARATULA}/TipoLibro") == _SPECIAL
        return ("LOK" if special else "LTC"), []

    def _book_checks(self) -> list[tuple[str, Check]]:
        return [
            ("LRC", lambda: self._cover(_BOOK_CARATULA, "RutEmisorLibro")),
            ("LRC", self._notification),
            ("LRF", self._signature),
            ("LNC", self._repeated_book),
            ("LRH", lambda: book.balance(self._root)),
        ]

    def _summary_checks(self) -> list[tuple[str, Check]]:
        return [
            ("RCT", lambda: self._cover(_SUMMARY_CARATULA, "RutEmisor")),
            ("RFR", self._signature),
            ("RPT", self._repeated_summary),
            ("RCO", lambda: folio_summary.consistency(self._root)),
        ]

    def _cover(self, path: str, issuer: str) -> Iterator[Reason]:
        company = self._office.companies.get(self._row["company"])
        caratula = xmltext.find(self._root, path)
        yield from envelope.cover_parties(caratula, company, self._row["sender"], issuer)

    def _notification(self) -> Iterator[Reason]:
        special = text(self._root, f"{_BOOK_CARATULA}/TipoLibro") == _SPECIAL
        if special and not text(self._root, f"{_BOOK_CARATULA}/FolioNotificacion"):
            yield Reason("CRT-3-904")

    def _signature(self) -> Iterator[Reason]:
        yield from envelope.signature(
            self._root,
            self._office.companies.get(self._row["company"]),
            self._office.persons.certificate,
            local(self._row["received_at"]),
        )

    def _repeated_book(self) -> Iterator[Reason]:
        """A period is closed once; a special book differs by its number alone."""
        if any(_identity(other) == _identity(self._root) for other in self._accepted(BOOK)):
            yield Reason("LIB-3-904")

    def _repeated_summary(self) -> Iterator[Reason]:
        """Each correction of a day has a higher SecEnvio."""
        day, sequence = _day(self._root)
        for other in self._accepted(SUMMARY):
            other_day, other_sequence = _day(other)
            if other_day == day and other_sequence >= sequence:
                yield Reason("RCF-3-905", f"{sequence}")
                return

    def _accepted(self, root: str) -> Iterator[etree._Element]:
        """Filings of this kind of the company that stand."""
        for row in self._office.envelopes.all():
            if row["company"] == self._row["company"] and row["state"] in _ACCEPTED:
                other = xmltext.parse(row["content"])
                if etree.QName(other).localname == root:
                    yield other


def _identity(root: etree._Element) -> tuple[str, ...]:
    tags = ["TipoLibro", "PeriodoTributario", "FolioNotificacion"]
    if text(root, f"{_BOOK_CARATULA}/TipoLibro") != _SPECIAL:
        tags.append("TipoOperacion")
    return tuple(text(root, f"{_BOOK_CARATULA}/{tag}") for tag in tags)


def _day(root: etree._Element) -> tuple[str, int]:
    return (
        text(root, f"{_SUMMARY_CARATULA}/FchInicio"),
        int(text(root, f"{_SUMMARY_CARATULA}/SecEnvio")),
    )
