"""Documents that state whatever their type can, and the notes of particular law."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import documents

from sii.codes import (
    CodRef,
    IndExe,
    IndServicio,
    MedioPago,
    TipoDespacho,
    TipoDte,
    TpoMov,
    TpoTranCompra,
    TpoTranVenta,
)
from sii.document import (
    Adjustment,
    Document,
    ForeignLine,
    ForeignTax,
    ForeignTotals,
    GlobalAdjustment,
    Instalment,
    ItemCode,
    Line,
    Reference,
    Totals,
    Transport,
    amounts,
)

RATE = Decimal("950.5")

LINES = (
    Line(
        "Cerveza",
        9001,
        description="Ñandú & <Cía>",
        quantity=Decimal("10.000001"),
        unit="CAJA",
        unit_price=Decimal("1000"),
        discount=Adjustment(1000, Decimal(10)),
        surcharge=Adjustment(1),
        codes=(ItemCode("INT1", "C-1"), ItemCode("EAN13", "7801234567890")),
        additional_taxes=(26,),
        foreign=ForeignLine(Decimal("1.052078"), "USD", Decimal("9.4698"), RATE),
    ),
    Line("Aguardiente", 5000, additional_taxes=(24, 53)),
    Line(
        "Libro",
        5000,
        unit_price=Decimal(2000),
        surcharge=Adjustment(3000, Decimal(150)),
        exempt=IndExe.EXEMPT,
    ),
    Line("Envases", 1200, exempt=IndExe.CONTAINER_DEPOSIT),
    Line("Cobro por cuenta de terceros", 700, exempt=IndExe.NOT_BILLABLE),
    Line("Abono", 900, exempt=IndExe.NOT_BILLABLE_NEGATIVE),
    Line("Muestra", 0, quantity=Decimal(3), exempt=IndExe.NOT_SOLD),
)
ADJUSTMENTS = (
    GlobalAdjustment(TpoMov.DISCOUNT, "Feria", percent=Decimal("2.5")),
    GlobalAdjustment(TpoMov.SURCHARGE, "Urgencia", percent=Decimal(5)),
    GlobalAdjustment(TpoMov.DISCOUNT, "Cliente frecuente", amount=500, exempt=True),
)
TRANSPORT = Transport(
    plate="ABCD12",
    carrier_rut="60803000-K",
    driver_rut="11111111-1",
    driver_name="Íñigo Pérez de la Fuente y Santa Cruz",
    address="Ruta 5 Norte km 800",
    comuna="Copiapó",
    city="Copiapó",
    dispatch=TipoDespacho.TO_RECEIVER,
    trailer_plate="JK-45 67",
    departs_at=datetime(2026, 3, 9, 7, 30),
    arrives_on=date(2026, 3, 11),
    origin_address="Bodega 4, Camino Lo Echevers 550",
    origin_comuna="Quilicura",
    goods_travel=True,
)
NO_CARRIER_KNOWN = Transport(
    address="Ruta 5 Norte km 800",
    comuna="Copiapó",
    dispatch=TipoDespacho.BY_RECEIVER,
    departs_at=datetime(2026, 3, 9, 16, 5, 9),
    goods_travel=True,
    not_known=("plate", "carrier", "driver"),
)


def factura() -> Document:
    """A 33 with everything but gross prices."""
    document = documents.factura()
    kind = TipoDte.FACTURA
    totals = amounts.totals(
        kind, LINES, ADJUSTMENTS, construction=amounts.CONSTRUCTION_CREDIT, previous_balance=-300
    )
    foreign = ForeignTotals(
        "DOLAR USA",
        RATE,
        _in_dollars(totals.total),
        _in_dollars(totals.net),
        _in_dollars(totals.exempt),
        _in_dollars(totals.vat),
        tuple(ForeignTax(tax.code, _in_dollars(tax.amount), tax.rate) for tax in totals.taxes),
    )
    first = totals.payable // 2
    return replace(
        document,
        issuer=replace(
            document.issuer, branch="Casa matriz", sii_branch_code=12345, seller="Rosa Núñez"
        ),
        receiver=replace(
            document.receiver, contact="Señora Núñez", phone="+56 9 1234", internal_code="C-77"
        ),
        lines=LINES,
        adjustments=ADJUSTMENTS,
        totals=totals,
        references=(
            *document.references,
            Reference("52", "345", date(2026, 3, 6), reason="Despacho"),
            Reference("HES", "4500012345", date(2026, 3, 7)),
            Reference("50", "0", date(2026, 3, 7), is_global=True),
        ),
        service=IndServicio.PERIODIC_OTHER,
        period_from=date(2026, 2, 1),
        period_to=date(2026, 2, 28),
        means=MedioPago.TRANSFER,
        sale=TpoTranVenta.BUSINESS,
        purchase=TpoTranCompra.COMMON_USE,
        terms="Mitad a 30 días, resto a 60",
        instalments=(
            Instalment(date(2026, 4, 8), first, "Primera cuota"),
            Instalment(date(2026, 5, 8), totals.payable - first),
        ),
        transport=TRANSPORT,
        foreign=foreign,
    )


def gross() -> Document:
    """A 33 whose prices include VAT."""
    lines = (Line("Pan", 1003), Line("Diario", 500, exempt=IndExe.EXEMPT))
    totals = amounts.totals(TipoDte.FACTURA, lines, gross=True)
    return replace(documents.factura(), lines=lines, totals=totals, gross=True)


def partial_purchase() -> Document:
    """A 46 that retains part of the VAT of wheat."""
    lines = (Line("Trigo", 10003, additional_taxes=(34,), withheld=True), Line("Flete", 500))
    totals = amounts.totals(TipoDte.FACTURA_COMPRA, lines)
    return replace(documents.factura_compra(), lines=lines, totals=totals)


def purchase_note() -> Document:
    """A 61 over a 46: the retention is in its totals."""
    original = documents.factura_compra()
    lines = tuple(replace(line, additional_taxes=(), withheld=False) for line in original.lines)
    return replace(
        documents.nota_credito(),
        lines=lines,
        totals=amounts.totals(TipoDte.NOTA_CREDITO, lines, retentions=[15]),
        references=(Reference("46", "3", date(2026, 3, 5), CodRef.ANNULS, "Anula"),),
        late=True,
    )


def text_note() -> Document:
    """A 61 that corrects text: no amounts, and no VAT."""
    correction = "DONDE DICE Comercio DEBE DECIR Venta al por menor"
    return replace(
        documents.nota_credito(),
        lines=(Line("Corrige giro", 0, description=correction),),
        totals=Totals(0),
        references=(Reference("33", "12", date(2026, 3, 5), CodRef.CORRECTS_TEXT, "Corrige giro"),),
    )


def exempt_note() -> Document:
    """A 56 over an exempt document: exempt amounts alone."""
    lines = (Line("Intereses", 1500, exempt=IndExe.EXEMPT),)
    return replace(
        documents.nota_debito(),
        lines=lines,
        totals=amounts.totals(TipoDte.NOTA_DEBITO, lines),
        references=(Reference("34", "8", date(2026, 3, 5), CodRef.CORRECTS_AMOUNTS),),
    )


def _in_dollars(pesos: int) -> Decimal:
    return round(pesos / RATE, 2)


ALL = {
    "33-full": factura,
    "33-gross": gross,
    "46-partial": partial_purchase,
    "56-exempt": exempt_note,
    "61-purchase": purchase_note,
    "61-text": text_note,
}
EXAMPLES = {**{str(kind): make for kind, make in documents.ALL.items()}, **ALL}
"""Every document that the tests hold against goldens and schemas."""
