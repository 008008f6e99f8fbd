"""Documents that the tests emit: one legal example of each type, to be changed with ``replace``."""

from datetime import date
from decimal import Decimal

from sii.codes import CodRef, FmaPago, IndExe, TipoDte
from sii.document import (
    Document,
    Issuer,
    ItemCode,
    Line,
    Receiver,
    Reference,
    TaxTotal,
    Totals,
)

ISSUED_ON = date(2026, 3, 9)

ISSUER = Issuer(
    rut="76086428-5",
    name="Cañerías y Ñandúes Ltda.",
    giro="Venta al por mayor de cañerías",
    actecos=(466301, 474100),
    address="Av. O'Higgins 1234",
    comuna="Ñuñoa",
    city="Santiago",
    phone="+56 2 2345 6789",
    email="ventas@example.cl",
)
RECEIVER = Receiver(
    rut="96790240-3",
    name="Minera Los Álamos & Compañía",
    giro="Extracción de cobre",
    address="Los Militares 55, piso 3",
    comuna="Las Condes",
    city="Santiago",
    email="dte@example.cl",
)
VAT_RATE = Decimal(19)


def factura() -> Document:
    """A 33 of one affected and one exempt line, with an order of the customer."""
    return Document(
        kind=TipoDte.FACTURA,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=RECEIVER,
        lines=(
            Line(
                name='Cañería 1/2" de cobre',
                amount=25000,
                description="Tramo de 6 metros <sin costura>",
                quantity=Decimal("2.5"),
                unit="TIRA",
                unit_price=Decimal(10000),
                codes=(ItemCode("INT1", "CAN-12"),),
            ),
            Line(name="Libro técnico", amount=5000, exempt=IndExe.EXEMPT),
        ),
        totals=Totals(net=25000, exempt=5000, vat_rate=VAT_RATE, vat=4750, total=34750),
        references=(Reference("801", "OC-77", date(2026, 3, 2)),),
        payment=FmaPago.CREDIT,
        due_on=date(2026, 4, 8),
    )


def exenta() -> Document:
    """A 34 of one line."""
    return Document(
        kind=TipoDte.FACTURA_EXENTA,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=RECEIVER,
        lines=(Line(name="Curso de capacitación", amount=90000, exempt=IndExe.EXEMPT),),
        totals=Totals(exempt=90000, total=90000),
        payment=FmaPago.CASH,
    )


def nota_credito() -> Document:
    """A 61 that annuls a factura."""
    return Document(
        kind=TipoDte.NOTA_CREDITO,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=RECEIVER,
        lines=(
            Line(
                name="Anula factura", amount=10000, unit_price=Decimal(10000), quantity=Decimal(1)
            ),
        ),
        totals=Totals(net=10000, vat_rate=VAT_RATE, vat=1900, total=11900),
        references=(
            Reference("33", "12", date(2026, 3, 5), CodRef.ANNULS, "Anula documento de referencia"),
        ),
    )


def nota_debito() -> Document:
    """A 56 that adds interest to a factura."""
    return Document(
        kind=TipoDte.NOTA_DEBITO,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=RECEIVER,
        lines=(Line(name="Intereses por mora", amount=1000),),
        totals=Totals(net=1000, vat_rate=VAT_RATE, vat=190, total=1190),
        references=(
            Reference("33", "12", date(2026, 3, 5), CodRef.CORRECTS_AMOUNTS, "Intereses por mora"),
        ),
    )


def factura_compra() -> Document:
    """A 46: wheat and its carriage bought from a seller who does not invoice, all VAT retained."""
    return Document(
        kind=TipoDte.FACTURA_COMPRA,
        issued_on=ISSUED_ON,
        issuer=ISSUER,
        receiver=RECEIVER,
        lines=(
            Line(
                name="Trigo",
                amount=10003,
                quantity=Decimal(7),
                unit="QQ",
                unit_price=Decimal(1429),
                additional_taxes=(15,),
                withheld=True,
            ),
            Line(name="Flete", amount=500, additional_taxes=(15,), withheld=True),
        ),
        totals=Totals(
            net=10503,
            vat_rate=VAT_RATE,
            vat=1996,
            taxes=(TaxTotal(15, 1996, VAT_RATE),),
            total=10503,
        ),
        payment=FmaPago.CASH,
    )


ALL = {
    33: factura,
    34: exenta,
    46: factura_compra,
    56: nota_debito,
    61: nota_credito,
}
