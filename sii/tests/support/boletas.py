"""Boletas that the tests emit: one legal example of each type, to be changed with ``replace``."""

from dataclasses import replace
from decimal import Decimal

from documents import ISSUED_ON, ISSUER, RECEIVER, VAT_RATE

from sii.codes import ANONYMOUS_RUT, IndExe, IndServicio, MedioPago, TipoDte
from sii.document import Adjustment, Document, ItemCode, Line, Receiver, Reference, Totals, amounts

ANONYMOUS = Receiver(ANONYMOUS_RUT, "Consumidor final")
CUSTOMER = replace(RECEIVER, giro="", phone="+56 9 8765 4321", internal_code="C-15")


def boleta() -> Document:
    """A 39 to an anonymous buyer: case 4 of a published certification set."""
    return Document(
        kind=TipoDte.BOLETA,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=ANONYMOUS,
        lines=(
            Line("item afecto 1", 12720, quantity=Decimal(8), unit_price=Decimal(1590)),
            Line(
                "item exento 2",
                2000,
                quantity=Decimal(2),
                unit_price=Decimal(1000),
                exempt=IndExe.EXEMPT,
            ),
        ),
        totals=Totals(net=10689, exempt=2000, vat_rate=VAT_RATE, vat=2031, total=14720),
        references=(Reference(label="SET", reason="CASO-4"),),
        service=IndServicio.SERVICES,
        gross=True,
        means=MedioPago.CARD,
    )


def exenta() -> Document:
    """A 41 of one line, to a named buyer."""
    return Document(
        kind=TipoDte.BOLETA_EXENTA,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=CUSTOMER,
        lines=(
            Line(
                "Arriendo & cía",
                9000,
                description="Marzo",
                quantity=Decimal("0.5"),
                unit="MES",
                unit_price=Decimal(20000),
                discount=Adjustment(1000, Decimal(10)),
                exempt=IndExe.EXEMPT,
                codes=(ItemCode("INT1", "A-1"),),
            ),
        ),
        totals=Totals(exempt=9000, total=9000),
        service=IndServicio.SERVICES,
        gross=True,
    )


ALL = {39: boleta, 41: exenta}


def of_lines(*lines: Line, **changes) -> Document:
    """A 39 of these lines whose totals agree with them."""
    document = replace(boleta(), lines=lines, **changes)
    totals = amounts.totals(document.kind, lines, document.adjustments, gross=True)
    return replace(document, totals=changes.get("totals", totals))
