"""What a tax document states, in our words; no tag names. Totals are part of it.

Pesos are ``int``, quantities and unit prices ``Decimal`` (at most six decimals), dates are
Chilean days. Texts are plain ``str``: the XML writer folds and clips them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .. import kinds
from ..codes import (
    CodRef,
    FmaPago,
    IndExe,
    IndServicio,
    MedioPago,
    NoteReason,
    TipoDespacho,
    TpoMov,
    TpoTranCompra,
    TpoTranVenta,
)
from ..kinds import Kind


@dataclass(frozen=True, slots=True)
class Issuer:
    """Emisor (PROTOCOL 5.3). actecos: one to four activity codes registered at the SII.

    branch: name of the sucursal. seller: CdgVendedor.
    """

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
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Receptor (PROTOCOL 5.3). internal_code: CdgIntRecep, our own number of this buyer."""

    rut: str
    name: str
    giro: str = ""
    address: str = ""
    comuna: str = ""
    city: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    internal_code: str = ""


@dataclass(frozen=True, slots=True)
class Transport:
    """Transporte (PROTOCOL 5.3): who carries the goods, from where, where to and when.

    goods_travel: the document goes with goods, so all of it must be given (Res. Ex. SII 154/2025),
    or stated in ``not_known``: "plate", "trailer_plate", "carrier", "driver", "departure". Without
    a trailer none is mentioned. dispatch: TipoDespacho. departs_at: wall time in Chile.
    arrives_on: of a trip that ends on another day. origin_address, origin_comuna: where the goods
    leave from when it is not the issuer's address.
    """

    plate: str = ""
    carrier_rut: str = ""
    driver_rut: str = ""
    driver_name: str = ""
    address: str = ""
    comuna: str = ""
    city: str = ""
    dispatch: TipoDespacho | None = None
    trailer_plate: str = ""
    departs_at: datetime | None = None
    arrives_on: date | None = None
    origin_address: str = ""
    origin_comuna: str = ""
    goods_travel: bool = False
    not_known: tuple[str, ...] = ()

    @property
    def accompanies(self) -> bool:
        """Whether goods travel with the document; a destination alone does not state it."""
        return self.goods_travel or any(
            (
                *(self.plate, self.trailer_plate, self.carrier_rut, self.driver_rut),
                *(self.driver_name, self.dispatch, self.departs_at, self.arrives_on),
                self.not_known,
            )
        )


@dataclass(frozen=True, slots=True)
class Instalment:
    """MntPagos: one planned payment, in pesos."""

    due_on: date
    amount: int
    note: str = ""


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
    """Detalle (PROTOCOL 5.3). amount: pesos after discount and surcharge, never negative.

    foreign: the same line in the document's other currency. withheld: the VAT of this line is
    retained by the issuer of a purchase invoice (Retenedor/IndAgente R).
    """

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
    foreign: "ForeignLine | None" = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ForeignLine:
    """OtrMnda of a line: at most four decimals. currency: ISO code; rate: pesos per unit."""

    price: Decimal
    currency: str
    amount: Decimal
    rate: Decimal | None = None


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
    """Referencia. document_type: SII code as text ("33", "801", "SET"); code only on notes.

    On a boleta all but ``reason`` may be left out, and ``label`` is its free CodRef ("SET").
    is_global: IndGlobal, more documents of one type than are listed one by one; folio "0".
    """

    document_type: str = ""
    folio: str = ""
    issued_on: date | None = None
    code: CodRef | None = None
    reason: str = ""
    label: str = ""
    is_global: bool = False


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """ImptoReten: one additional tax or retention of PROTOCOL 5.7."""

    code: int
    amount: int
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Totales in pesos. None means that the element must not appear, 0 that it must.

    vat_not_withheld: IVANoRet of a purchase invoice. construction_credit: CredEC, taken off the
    total. deposits: GrntDep, added to it. not_billable: MontoNF, signed. previous_balance:
    SaldoAnterior, signed. payable: VlrPagar. slaughter_base: MntBase of tax 17.
    """

    total: int
    net: int | None = None
    exempt: int | None = None
    vat_rate: Decimal | None = None
    vat: int | None = None
    taxes: tuple[TaxTotal, ...] = ()
    vat_not_withheld: int | None = None
    construction_credit: int | None = None
    deposits: int | None = None
    not_billable: int | None = None
    previous_balance: int | None = None
    payable: int | None = None
    slaughter_base: int | None = None


@dataclass(frozen=True, slots=True)
class ForeignTax:
    """ImpRetOtrMnda: what one tax of ``Totals.taxes`` comes to in the other currency."""

    code: int
    amount: Decimal
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ForeignTotals:
    """OtraMoneda: the totals in another currency, at most four decimals.

    currency: the SII's name of it ("DOLAR USA", PROTOCOL 5.8). rate: pesos per unit.
    """

    currency: str
    rate: Decimal
    total: Decimal
    net: Decimal | None = None
    exempt: Decimal | None = None
    vat: Decimal | None = None
    taxes: tuple[ForeignTax, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One tax document before it has a folio.

    kind: code of its type, one that we issue (``kinds``). gross: line amounts include VAT
    (MntBruto; a boleta's always do). payment and due_on: FmaPago and FchVenc. terms:
    TermPagoGlosa. period_from, period_to: of the service invoiced.
    late: a credit note after the term in which it lowers VAT (IndNoRebaja). note_reason: why it
    takes back, None when that is not stated; delivered_on and returned_on: when what came back was
    delivered, and when it came back. The SII is sent ``late`` alone. software_rut: of a boleta,
    who provides the software that made it (RUTProvSW); empty for its issuer. sale and purchase:
    what it is to who sells and to who buys (TpoTranVenta, TpoTranCompra).
    """

    kind: int
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
    period_from: date | None = None
    period_to: date | None = None
    means: MedioPago | None = None
    software_rut: str = ""
    sale: TpoTranVenta | None = None
    purchase: TpoTranCompra | None = None
    terms: str = ""
    instalments: tuple[Instalment, ...] = ()
    transport: Transport | None = None
    foreign: ForeignTotals | None = None
    late: bool = False
    note_reason: NoteReason | None = None
    delivered_on: date | None = None
    returned_on: date | None = None

    @property
    def traits(self) -> Kind:
        """What a document of its type is, may and must."""
        return kinds.of(self.kind)
