"""What lines state that is no sale: not billable amounts and container deposits (PROTOCOL 5.6)."""

from collections.abc import Iterator

from ..reasons import Reason
from ..verify.xmltext import text
from .dte import Dte
from .lines import movements

_NOT_BILLABLE, _DEPOSIT, _NO_SALE, _NEGATIVE = "2", "3", ("4", "5"), "6"


def not_billed(dte: Dte, period: str = "MontoPeriodo") -> Iterator[Reason]:
    """MontoNF, GrntDep, and what is to be paid in the period; ``period`` names that total."""
    marked = [(text(line, "IndExe"), int(text(line, "MontoItem"))) for line in dte.all("Detalle")]
    billable = sum(amount for mark, amount in marked if mark == _NOT_BILLABLE)
    negative = sum(amount for mark, amount in marked if mark == _NEGATIVE)
    expected = billable - negative + movements(dte, billable, (_NOT_BILLABLE,))
    yield from _differs(dte, "MontoNF", expected, "HED-2-907")
    deposits = sum(amount for mark, amount in marked if mark == _DEPOSIT)
    yield from _differs(dte, "GrntDep", deposits, "HED-2-908")
    if any(amount for mark, amount in marked if mark in _NO_SALE):
        yield Reason("DET-2-901")
    if dte.has(f"Encabezado/Totales/{period}"):
        yield from _differs(dte, period, dte.total + expected, "HED-2-909")
    if dte.has("Encabezado/Totales/VlrPagar"):
        due = dte.total + expected + dte.amount("SaldoAnterior")
        yield from _differs(dte, "VlrPagar", due, "HED-2-909")


def _differs(dte: Dte, tag: str, expected: int, code: str) -> Iterator[Reason]:
    stated = dte.amount(tag)
    if stated != expected:
        yield Reason(code, f"{tag} [{stated}] <> [{expected}]")
