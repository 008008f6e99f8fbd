"""Additional taxes: which subtract, at what rate, and of what (PROTOCOL 5.7)."""

from collections.abc import Iterator
from decimal import Decimal

from ..reasons import Reason
from ..verify.xmltext import find_all, text
from . import retention
from .dte import Dte
from .lines import Sums, half_up

# Computed on declared margins, or specific amounts: the lines do not show what they should be.
_NOT_FROM_LINES = {14, 28, 35, 50, 51, 52}
_MEAT_AT_SLAUGHTER = 17
_RATES = {
    17: "5",
    18: "5",
    19: "12",
    23: "15",
    24: "31.5",
    25: "20.5",
    26: "20.5",
    27: "10",
    271: "18",
    30: "10",
    32: "8",
    33: "8",
    34: "4",
    36: "10",
    37: "10",
    44: "15",
    45: "50",
    48: "14",
}
_WHOLE_VAT = {31, 38, 39, 41, 46, 47, 301, 321, 331, 341, 361, 371, 481}


def balance(dte: Dte) -> int:
    """What all taxes but VAT add to the total, in pesos; retentions subtract."""
    return sum(
        -amount if code in retention.RETENTIONS else amount
        for code, _rate, amount in _declared(dte)
    )


def declared_amounts(dte: Dte, sums: Sums) -> Iterator[Reason]:
    """Each tax is its rate of the lines that carry its code, and no line's code is forgotten."""
    declared = _declared(dte)
    for code, rate, amount in declared:
        if code == retention.TOTAL:
            yield from retention.total_retention(dte, rate, amount)
        elif code not in _NOT_FROM_LINES:
            yield from _rate(dte, code, rate)
            yield from _amount(dte, sums, (code, rate, amount))
    forgotten = _codes_of_lines(dte) - {code for code, _rate, _amount in declared}
    for code in sorted(forgotten - {retention.NOTHING}):
        if _lines_with(dte, code):
            yield Reason("HED-2-302", f"[{code}] Monto [0]")
    if declared and dte.text("Encabezado/IdDoc/MntBruto") == "1":
        yield Reason("HED-2-916")
    amounts = [(code, amount) for code, _rate, amount in declared]
    yield from retention.not_retained(dte, amounts)
    yield from retention.misplaced(dte, amounts)


def _rate(dte: Dte, code: int, rate: Decimal | None) -> Iterator[Reason]:
    vat = dte.text("Encabezado/Totales/TasaIVA") if code in _WHOLE_VAT else ""
    expected = Decimal(_RATES.get(code) or vat or 0)
    if expected and rate != expected:
        yield Reason("HED-2-302", f"Tasa no corresponde [{expected:.2f}] <> [{rate or 0:.2f}]")


def _amount(dte: Dte, sums: Sums, tax: tuple[int, Decimal | None, int]) -> Iterator[Reason]:
    code, rate, amount = tax
    if rate is None:
        return
    if code == _MEAT_AT_SLAUGHTER:
        base = Decimal(dte.amount("MntBase"))
    else:
        base = sums.affected_share(_lines_with(dte, code))
    expected = half_up(base * rate / 100)
    if abs(amount - expected) > sums.tolerance:
        yield Reason("HED-2-302", f"[{code}] Monto [{amount}] <> [{expected}]")


def _declared(dte: Dte) -> list[tuple[int, Decimal | None, int]]:
    """(code, rate or None, pesos) of each ImptoReten."""
    found = []
    for tax in dte.all("Encabezado/Totales/ImptoReten"):
        rate = text(tax, "TasaImp")
        amount = int(text(tax, "MontoImp"))
        found.append((int(text(tax, "TipoImp")), Decimal(rate) if rate else None, amount))
    return found


def _codes(line) -> set[int]:
    return {int(code.text or 0) for code in find_all(line, "CodImpAdic")}


def _codes_of_lines(dte: Dte) -> set[int]:
    return set().union(*map(_codes, dte.all("Detalle")))


def _lines_with(dte: Dte, code: int) -> int:
    """Pesos of the affected lines that carry the code."""
    return sum(
        int(text(line, "MontoItem"))
        for line in dte.all("Detalle")
        if code in _codes(line) and not text(line, "IndExe")
    )
