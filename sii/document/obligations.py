"""What the SII's formats make obligatory, by type of document: the table ``obligations.csv``.

Facts of Formato DTE 2.5 (2026-02-16) and Formato de boletas 4.2 (2025-09-08), of the types that we
issue. Nothing that the law asks is left to a setting: a test walks the table against rules,
schemas, print and simulator.
"""

import csv
import functools
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from ..codes import TipoDte

_FILE = Path(__file__).with_name("obligations.csv")


class Obligation(IntEnum):
    """Whether a type has a field, in the manual's numbers."""

    FORBIDDEN = 0
    OBLIGATORY = 1
    CONDITIONAL = 2
    OPTIONAL = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or one group of them.

    path: in the XML, below ``Documento``; what lies in a group that is optional itself is asked for
    where the group is there. printed: "P" in words, "I" its value, "N" not, "" where the manual is
    silent. of: by type. place: where in ``Document``, without indices; "writer" for what follows
    from the rest, "" for what we never write. kept: who refuses a document without it: "schema",
    or codes of ``rules``; of a conditional field, when its condition holds. Empty: none, since
    the condition is not in the document.
    """

    path: str
    printed: str
    of: dict[TipoDte, Obligation]
    place: str
    kept: tuple[str, ...]

    @property
    def is_printed(self) -> bool:
        """Whether a print shows it where it is stated."""
        return self.printed in ("P", "I")


@functools.cache
def table() -> tuple[Field, ...]:
    """All fields, in the order of the manuals."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_field(row) for row in csv.DictReader(file))


def _field(row: dict[str, str]) -> Field:
    return Field(
        path=row["field"],
        printed=row["printed"],
        of={kind: Obligation(int(row[str(int(kind))])) for kind in TipoDte},
        place=row["place"],
        kept=tuple(row["kept"].split()),
    )
