"""Detail lines and global discounts, summed by class (PROTOCOL 5.6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from ..reasons import Reason
from ..verify.xmltext import text
from .dte import Dte

_EXEMPT = "1"


def half_up(value: Decimal) -> int:
    """Whole pesos, halves away from zero."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Sums:
    """Pesos by class after global discounts; ``before`` is the affected sum without them."""

    affected: int
    exempt: int
    before: int
    tolerance: int

    def affected_share(self, amount: int) -> Decimal:
        """What is left of some affected lines once global discounts are spread over all."""
        return Decimal(amount) * self.affected / self.before if self.before else Decimal(0)


def line_amounts(dte: Dte) -> Iterator[Reason]:
    """MontoItem = price × quantity − discount + surcharge; a percentage brings its amount."""
    for line in dte.all("Detalle"):
        price = text(line, "PrcItem")
        if not price:
            continue
        discount, surcharge = (_number(line, tag) for tag in ("DescuentoMonto", "RecargoMonto"))
        gross = half_up(Decimal(price) * Decimal(text(line, "QtyItem") or 1))
        expected = gross - discount + surcharge
        bare = (text(line, "DescuentoPct") and not discount) or (
            text(line, "RecargoPct") and not surcharge
        )
        stated = _number(line, "MontoItem")
        if stated != expected or bare:
            number = int(text(line, "NroLinDet"))
            yield Reason("DET-2-200", f"[{stated}] <> [{expected}]", number)


def sums(dte: Dte) -> Sums:
    """Add up the lines; in an entirely exempt document unmarked lines are exempt too."""
    unmarked, exempt = 0, 0
    for line in dte.all("Detalle"):
        mark = text(line, "IndExe")
        if not mark:
            unmarked += _number(line, "MontoItem")
        elif mark == _EXEMPT:
            exempt += _number(line, "MontoItem")
    if not dte.has("Encabezado/Totales/MntNeto") and dte.amount("MntExe"):
        exempt, unmarked = exempt + unmarked, 0
        return Sums(0, exempt + movements(dte, exempt, ("", _EXEMPT)), 0, 0)
    discounts = dte.all("DscRcgGlobal")
    gross = dte.text("Encabezado/IdDoc/MntBruto") == "1"
    return Sums(
        affected=unmarked + movements(dte, unmarked, ("",)),
        exempt=exempt + movements(dte, exempt, (_EXEMPT,)),
        before=unmarked,
        tolerance=1 if gross or discounts else 0,
    )


def movements(dte: Dte, base: int, marks: tuple[str, ...]) -> int:
    """Sum of the global discounts (negative) and surcharges of the classes with these marks."""
    total = 0
    for movement in dte.all("DscRcgGlobal"):
        if text(movement, "IndExeDR") not in marks:
            continue
        value = Decimal(text(movement, "ValorDR"))
        amount = half_up(base * value / 100 if text(movement, "TpoValor") == "%" else value)
        total += -amount if text(movement, "TpoMov") == "D" else amount
    return total


def _number(element: etree._Element, tag: str) -> int:
    return int(text(element, tag) or 0)
