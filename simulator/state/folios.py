"""Folio ranges given out, and those annulled."""

from dataclasses import dataclass

from .store import Store


@dataclass(frozen=True, slots=True)
class Range:
    """Folios ``first`` to ``last`` of a company and type, authorised on a date (AAAA-MM-DD)."""

    rut: str
    type: int
    first: int
    last: int
    authorised_on: str


class Folios:
    """In: how many folios a company asks for. Out: a range, and which folios are authorised.

    Ranges of one company and type never overlap.
    """

    def __init__(self, store: Store):
        self._store = store

    def reserve(
        self, rut: str, type_: int, count: int, authorised_on: str, first: int | None = None
    ) -> Range:
        """The next free range; ranges of one company and type never overlap.

        first: where it begins instead; ValueError when that was given out already.
        """
        with self._store.transaction():
            top = self._store.row(
                "SELECT COALESCE(MAX(last), 0) AS last FROM cafs WHERE rut = ? AND type = ?",
                rut,
                type_,
            )
            first = first or top["last"] + 1
            if first <= top["last"]:
                raise ValueError(f"folio {first} of type {type_} was given to {rut} already")
            given = Range(rut, type_, first, first + count - 1, authorised_on)
            self._store.execute(
                "INSERT INTO cafs (rut, type, first, last, authorised_on) VALUES (?, ?, ?, ?, ?)",
                given.rut,
                given.type,
                given.first,
                given.last,
                given.authorised_on,
            )
        return given

    def all(self) -> list[Range]:
        rows = self._store.rows("SELECT * FROM cafs ORDER BY id")
        return [Range(*tuple(row)[1:]) for row in rows]

    def is_authorised(self, rut: str, type_: int, folio: int) -> bool:
        return bool(
            self._store.row(
                "SELECT 1 FROM cafs WHERE rut = ? AND type = ? AND ? BETWEEN first AND last",
                rut,
                type_,
                folio,
            )
        )

    def annul(self, rut: str, type_: int, first: int, last: int) -> None:
        """Declare folios void; raises ValueError unless every one was authorised."""
        with self._store.transaction():
            for folio in (first, last):
                if first > last or not self.is_authorised(rut, type_, folio):
                    raise ValueError(f"folio {folio} of type {type_} was not given to {rut}")
            self._store.execute(
                "INSERT INTO annulled_folios VALUES (?, ?, ?, ?)", rut, type_, first, last
            )

    def is_annulled(self, rut: str, type_: int, folio: int) -> bool:
        return bool(
            self._store.row(
                "SELECT 1 FROM annulled_folios"
                " WHERE rut = ? AND type = ? AND ? BETWEEN first AND last",
                rut,
                type_,
                folio,
            )
        )
