"""The company whose facturas are measured: its keys and documents, made again for each run."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sii.codes import FmaPago, TipoDte
from sii.document import Document, Issuer, Line, Receiver, amounts

SENDER = "11111111-1"
RESOLVED_ON = date(2020, 1, 15)
ISSUER = Issuer(
    rut="76086428-5",
    name="Cañerías y Ñandúes Ltda.",
    giro="Venta al por mayor de cañerías",
    actecos=(466301,),
    address="Av. O'Higgins 1234",
    comuna="Ñuñoa",
    city="Santiago",
)
RECEIVER = Receiver(
    rut="96790240-3",
    name="Minera Los Álamos & Compañía",
    giro="Extracción de cobre",
    address="Los Militares 55, piso 3",
    comuna="Las Condes",
    city="Santiago",
)
_ITEMS = (
    ("Cañería de cobre 1/2 pulgada, tramo de 6 metros", "TIRA", 4, 10990),
    ("Codo de bronce 90°", "UN", 24, 1490),
    ("Soldadura de estaño al 50 %", "KG", 2, 15990),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a process needs to emit: files as people have them, to be read by whoever is measured.

    caf: covers folios 1 to whatever is measured. authority: PEM of who signed it, under ``idk``.
    """

    caf: bytes = field(repr=False)
    authority: bytes
    idk: int
    certificate: bytes
    key: bytes = field(repr=False)
    today: date

    def documents(self, count: int) -> Iterator[Document]:
        """Facturas of three lines, no two alike."""
        for number in range(1, count + 1):
            lines = tuple(
                Line(
                    name=name,
                    amount=price * (pieces + number % 50),
                    quantity=Decimal(pieces + number % 50),
                    unit=unit,
                    unit_price=Decimal(price),
                )
                for name, unit, pieces, price in _ITEMS
            )
            yield Document(
                kind=TipoDte.FACTURA,
                issued_on=self.today,
                issuer=ISSUER,
                receiver=RECEIVER,
                lines=lines,
                totals=amounts.totals(TipoDte.FACTURA, lines),
                payment=FmaPago.CREDIT,
                due_on=self.today,
            )
