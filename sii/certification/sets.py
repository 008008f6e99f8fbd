"""The SII's certification sets, as their text gives them (PROTOCOL 11).

Read by ``certification_file``; what a case's document must contain is ``certification_content``.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..codes import TipoDte


class SetKind(StrEnum):
    """The sets that this library can carry out."""

    BASIC = "basic"
    EXEMPT = "exempt"
    BOLETA = "boleta"
    SALES_BOOK = "sales_book"
    PURCHASE_BOOK = "purchase_book"


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a case. price: pesos, with VAT on a boleta. discount: percent.

    What the text leaves out is None; a note takes it from its original.
    """

    name: str
    quantity: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    discount: Decimal | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One document to issue. name: ``414175-1``, or ``1`` in the boleta set.

    original: name of the case that a note refers to. global_discount: percent on the affected
    items. line: where it begins in the file.
    """

    name: str
    kind: TipoDte
    line: int
    items: tuple[Item, ...] = ()
    original: str = ""
    reason: str = ""
    global_discount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """One row of the purchase book set. kind: SII code, also of paper documents (30, 60).

    exempt, affected: pesos. observation: the SII's remark, which decides its VAT.
    """

    kind: int
    folio: int
    observation: str
    exempt: int
    affected: int
    line: int


@dataclass(frozen=True, slots=True)
class CertificationSet:
    """A block of the file. attention: its number, 0 in the boleta set.

    factor: part of the VAT of common use that gives credit, between 0 and 1.
    """

    kind: SetKind
    attention: int
    cases: tuple[Case, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    factor: Decimal | None = None

    def case(self, name: str) -> Case:
        """The case of that name. Raises KeyError."""
        for case in self.cases:
            if case.name == name:
                return case
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class SetFile:
    """A whole file. unsupported: titles of the sets in it that this library does not know."""

    sets: tuple[CertificationSet, ...]
    unsupported: tuple[str, ...] = ()
