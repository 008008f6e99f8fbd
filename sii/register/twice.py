"""A document that the register is given twice, with other figures.

From every feeder, the last version is kept; only a person knows which one is right. The same
figures again are no contradiction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .row import Row

COMPARED = ("date", "net_amount", "exempt_amount", "vat_amount", "total_amount")
"""Attributes of a row of which two versions are compared; 0 counts as none."""

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Contradiction:
    """row: as it is kept. places: (file, line) of both versions; line 0 where there is none.

    figures: by attribute, the first version's and the kept one's.
    """

    row: Row
    places: tuple[tuple[str, int], tuple[str, int]]
    figures: dict[str, tuple[Any, Any]]


class Watch:
    """Looks at the rows of one file as they pass, and at those of files before it.

    found: the contradictions of this file, ``MOST_SHOWN`` at most. count: how many there were.
    """

    def __init__(self, name: str = "", before: "Watch | None" = None):
        self.found: list[Contradiction] = []
        self.count = 0
        self._name = name
        self._before = before._all() if before else {}
        self._seen: dict[str, tuple[Any, ...]] = {}

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows."""
        for row in rows:
            self._look(row)
            yield row

    def _all(self) -> dict[str, tuple[Any, ...]]:
        return {**self._before, **self._seen}

    def _look(self, row: Row) -> None:
        identity, place = row.identity, (self._name, row.line)
        figures = (row.date, row.net_amount, *map(row.detail.get, COMPARED[2:4]), row.total_amount)
        former = self._seen.get(identity) or self._before.get(identity)
        self._seen[identity] = (place, *figures)
        if not former:
            return
        differing = {
            name: (old, new)
            for name, old, new in zip(COMPARED, former[1:], figures, strict=True)
            if (old or 0) != (new or 0)
        }
        if differing:
            self.count += 1
            if len(self.found) < MOST_SHOWN:
                self.found.append(Contradiction(row, (former[0], place), differing))
