"""What a tax document says, in our words; no tag names. Totals are part of what is said.

Pesos are ``int``, quantities and unit prices ``Decimal`` (at most six decimals), dates are
Chilean days. Texts are plain ``str``: the XML writer folds and clips them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import CodRef, FmaPago, IndExe, IndServicio, TipoDte, TpoMov


@dataclass(frozen=True, slots=True)
class Issuer:
    """Emisor (PROTOCOL 5.3). actecos: one to four activity codes registered at the SII."""

    rut: str
    name: str
    giro: str
    actecos: tuple[int, ...]
    address: str
    comuna: str
    city: str = ""
    phone: str = ""
    email: str = ""
    branch: str = ""
    sii_branch_code: int | None = None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Receptor (PROTOCOL 5.3)."""

    rut: str
    name: str
    giro: str = ""
    address: str = ""
    comuna: str = ""
    city: str = ""
    contact: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Discount or surcharge of one line: its amount in pesos, and the percentage it came from."""

    amount: int
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ItemCode:
    """One code of an item, such as ``ItemCode("INT1", "PAN-01")``."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Line:
    """Detalle (PROTOCOL 5.3). amount: pesos after discount and surcharge, never negative."""

    name: str
    amount: int
    description: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    discount: Adjustment | None = None
    surcharge: Adjustment | None = None
    exempt: IndExe | None = None
    codes: tuple[ItemCode, ...] = ()
    additional_taxes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GlobalAdjustment:
    """DscRcgGlobal: exactly one of ``percent`` and ``amount`` (pesos) is given."""

    movement: TpoMov
    reason: str = ""
    percent: Decimal | None = None
    amount: int | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Referencia. document_type: SII code as text ("33", "801", "SET"); code only on notes."""

    document_type: str
    folio: str
    issued_on: date
    code: CodRef | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """ImptoReten: one additional tax or retention of PROTOCOL 5.7."""

    code: int
    amount: int
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Totales in pesos. None means that the element must not appear, 0 that it must."""

    total: int
    net: int | None = None
    exempt: int | None = None
    vat_rate: Decimal | None = None
    vat: int | None = None
    taxes: tuple[TaxTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One tax document before it has a folio.

    gross: line amounts include VAT (MntBruto). payment and due_on: FmaPago and FchVenc.
    """

    kind: TipoDte
    issued_on: date
    issuer: Issuer
    receiver: Receiver
    lines: tuple[Line, ...]
    totals: Totals
    references: tuple[Reference, ...] = ()
    adjustments: tuple[GlobalAdjustment, ...] = ()
    payment: FmaPago | None = None
    due_on: date | None = None
    service: IndServicio | None = None
    gross: bool = False
