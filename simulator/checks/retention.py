"""VAT that the buyer keeps: purchase invoices and the notes over them (PROTOCOL 5.6 rule 8)."""

from collections.abc import Iterator
from decimal import Decimal

from ..reasons import Reason
from ..verify.xmltext import find_all, text
from .dte import Dte
from .lines import half_up

TOTAL = 15
NOTHING = 49
"""A retention of 0 %: the lines carry its code, and no total of it is to be stated."""
_GOLD = 46
_INVOICE = 33
_PURCHASE_INVOICE = 46
_RETAINING = {46, 56, 61}
RETENTIONS = {15, 16, 30, 31, 32, 33, 34, 36, 37, 38, 39, 40, 41, 46, 47, 48, 49} | {
    301,
    321,
    331,
    341,
    361,
    371,
    481,
}


def total_retention(dte: Dte, rate: Decimal | None, amount: int) -> Iterator[Reason]:
    """Code 15 keeps the whole VAT, at the VAT's own rate, of lines with this code."""
    vat_rate = Decimal(dte.text("Encabezado/Totales/TasaIVA") or 0)
    if rate != vat_rate:
        yield Reason("HED-2-302", f"Tasa no corresponde [{vat_rate:.2f}] <> [{rate or 0:.2f}]")
    expected = dte.amount("IVA")
    if dte.type == _PURCHASE_INVOICE and not _all_lines_retain(dte):
        expected = half_up(_marked(dte) * vat_rate / 100)
    if amount != expected:
        yield Reason("HED-2-302", f"[15] Monto [{amount}] <> [{expected}]")


def not_retained(dte: Dte, declared: list[tuple[int, int]]) -> Iterator[Reason]:
    """IVANoRet is what is left of the VAT; ``declared`` are (code, pesos) of the taxes."""
    if dte.type not in _RETAINING or not any(code in RETENTIONS for code, _ in declared):
        return
    if any(code == TOTAL for code, _ in declared):
        return
    retained = sum(amount for code, amount in declared if code in RETENTIONS)
    expected = max(dte.amount("IVA") - retained, 0)
    if dte.amount("IVANoRet") != expected:
        yield Reason("HED-2-914", f"[{dte.amount('IVANoRet')}] <> [{expected}]")


def misplaced(dte: Dte, declared: list[tuple[int, int]]) -> Iterator[Reason]:
    """Who sells retains nothing; but of gold the seller's invoice states what its buyer retains."""
    if dte.type not in _RETAINING:
        for code, _amount in declared:
            if code in RETENTIONS and (dte.type, code) != (_INVOICE, _GOLD):
                yield Reason("HED-2-915", f"[{code}]")


def _affected(dte: Dte) -> list:
    return [line for line in dte.all("Detalle") if not text(line, "IndExe")]


def _retains(line) -> bool:
    codes = [(code.text or "").strip() for code in find_all(line, "CodImpAdic")]
    return text(line, "Retenedor/IndAgente") == "R" and str(TOTAL) in codes


def _all_lines_retain(dte: Dte) -> bool:
    return all(map(_retains, _affected(dte)))


def _marked(dte: Dte) -> int:
    return sum(int(text(line, "MontoItem")) for line in _affected(dte) if _retains(line))
