"""Additional taxes and retentions: which subtract, and on what they are computed (PROTOCOL 5.7)."""

from collections.abc import Iterator
from decimal import Decimal

from ..reasons import Reason
from ..verify.xmltext import find_all, text
from .dte import Dte
from .lines import Sums, half_up

TOTAL_RETENTION = 15
RETENTIONS = {15, 16, 30, 31, 32, 33, 34, 36, 37, 38, 39, 40, 41, 46, 47, 48, 49} | {
    301,
    321,
    331,
    341,
    361,
    371,
    481,
}
# Computed on declared margins, or specific amounts: the lines do not tell what they should be.
_NOT_FROM_LINES = {14, 17, 28, 35, 50, 51, 52}


def balance(dte: Dte) -> int:
    """What all taxes but VAT add to the total, in pesos; retentions subtract."""
    return sum(-amount if code in RETENTIONS else amount for code, _rate, amount in _declared(dte))


def declared_amounts(dte: Dte, sums: Sums) -> Iterator[Reason]:
    """Each tax is its rate of the lines that carry its code; total retention is the whole VAT."""
    for code, rate, amount in _declared(dte):
        if code in _NOT_FROM_LINES:
            continue
        if code == TOTAL_RETENTION:
            yield from _total_retention(dte, rate, amount)
            continue
        expected = half_up(sums.affected_share(_lines_with(dte, code)) * (rate or 0) / 100)
        if rate is not None and abs(amount - expected) > sums.tolerance:
            yield Reason("HED-2-302", f"[{code}] Monto [{amount}] <> [{expected}]")


def _total_retention(dte: Dte, rate: Decimal | None, amount: int) -> Iterator[Reason]:
    vat_rate = Decimal(dte.text("Encabezado/Totales/TasaIVA") or 0)
    if rate != vat_rate:
        yield Reason("HED-2-302", f"Tasa no corresponde [{vat_rate:.2f}] <> [{rate or 0:.2f}]")
    if amount != dte.amount("IVA"):
        yield Reason("HED-2-302", f"[15] Monto [{amount}] <> [{dte.amount('IVA')}]")


def _declared(dte: Dte) -> list[tuple[int, Decimal | None, int]]:
    """(code, rate or None, pesos) of each ImptoReten."""
    found = []
    for tax in dte.all("Encabezado/Totales/ImptoReten"):
        rate = text(tax, "TasaImp")
        amount = int(text(tax, "MontoImp"))
        found.append((int(text(tax, "TipoImp")), Decimal(rate) if rate else None, amount))
    return found


def _lines_with(dte: Dte, code: int) -> int:
    return sum(
        int(text(line, "MontoItem"))
        for line in dte.all("Detalle")
        if str(code) in [(other.text or "").strip() for other in find_all(line, "CodImpAdic")]
    )
