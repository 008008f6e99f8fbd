"""CodImpAdic and ImptoReten: additional taxes and retentions of VAT (PROTOCOL 5.7)."""

from collections.abc import Iterable
from decimal import Decimal

from ..document import Document, TaxTotal, limits
from ..document.amounts import percent_of, slaughter_base, tax_base
from ..document.taxes import GOLD, SLAUGHTER, TAXES, VAT_RETAINED, Base
from ..document.vat import VAT_RATE
from ..errors import Problem
from ..kinds import Kind
from .adjustments import is_indivisible
from .values import TOLERANCE, Problems, at_most, is_usable, percent, pesos


def check(document: Document) -> Problems:
    """Rules of the taxes of each line and of their totals."""
    yield from _lines(document)
    yield from _totals(document)


def _lines(document: Document) -> Problems:
    for index, line in enumerate(document.lines):
        where = f"lines[{index}].additional_taxes"
        codes = line.additional_taxes
        yield from at_most(limits.LINE_TAXES, codes, where)
        for place, code in enumerate(codes):
            yield from _code(code, document.traits, codes[:place], f"{where}[{place}]")
        if codes and line.exempt is not None:
            yield Problem("line_tax_unexpected", where)


def _totals(document: Document) -> Problems:
    taxes = document.totals.taxes
    yield from at_most(limits.TAXES, taxes, "totals.taxes")
    for index, tax in enumerate(taxes):
        where = f"totals.taxes[{index}]"
        yield from pesos(tax.amount, f"{where}.amount", least=1)
        yield from percent(tax.rate, f"{where}.rate")
        before = [each.code for each in taxes[:index]]
        yield from _code(tax.code, document.traits, before, f"{where}.code")
        yield from _rate(tax, document.totals.vat_rate or VAT_RATE, f"{where}.rate")


def _code(code: int, kind: Kind, before: Iterable[int], where: str) -> Problems:
    data = {"tax": code}
    if code not in TAXES:
        yield Problem("tax_unknown", where, data)
    elif not _is_for(kind, code):
        yield Problem("tax_not_for_kind", where, data)
    if code in before:
        yield Problem("tax_twice", where, data)


def _is_for(kind: Kind, code: int) -> bool:
    """Who buys retains, so retentions are on purchase invoices; notes may be over any."""
    if kind.is_note:
        return True
    if kind.is_purchase:
        return TAXES[code].retention
    return not kind.exempt and (code == GOLD or not TAXES[code].retention)


def _rate(tax: TaxTotal, vat_rate: Decimal, where: str) -> Problems:
    """The rate is the law's; what is declared in pesos may come without (PROTOCOL 5.6.8)."""
    if tax.code not in TAXES or TAXES[tax.code].base is Base.DECLARED:
        return
    expected = TAXES[tax.code].rate_at(vat_rate)
    if tax.rate is None:
        yield Problem("tax_rate_missing", where, {"tax": tax.code})
    elif is_usable(tax.rate) and tax.rate != expected:
        data = {"tax": tax.code, "expected": str(expected), "rate": str(tax.rate)}
        yield Problem("tax_rate_wrong", where, data)


def check_sums(document: Document) -> Problems:
    """The taxes of the lines and their totals against each other."""
    if any(is_indivisible(document, each) for each in document.adjustments):
        return  # what lines come to is then unknown
    yield from _sums(document)
    yield from _slaughter(document)


def _sums(document: Document) -> Problems:
    declared = {tax.code for tax in document.totals.taxes}
    used = {code for line in document.lines for code in line.additional_taxes}
    for code in sorted((used & TAXES.keys()) - declared):
        expected = _expected(code, document, used)
        if expected is None or expected > 0:  # one of zero must not appear
            yield Problem("tax_total_missing", "totals.taxes", {"tax": code})
    for index, tax in enumerate(document.totals.taxes):
        if tax.code in TAXES:
            yield from _amount(tax, document, used, f"totals.taxes[{index}]")


def _slaughter(document: Document) -> Problems:
    expected = slaughter_base(document.totals.taxes)
    base = document.totals.slaughter_base
    if (base is None) != (expected is None) or (
        base is not None and abs(percent_of(base - expected, TAXES[SLAUGHTER].rate)) > TOLERANCE
    ):
        data = {"expected": expected or 0, "amount": base or 0}
        yield Problem("slaughter_base_wrong", "totals.slaughter_base", data)


def _amount(tax: TaxTotal, document: Document, used: set[int], where: str) -> Problems:
    in_note = document.traits.is_note and TAXES[tax.code].retention
    if tax.code not in used and not in_note:
        yield Problem("tax_without_lines", where, {"tax": tax.code})
        return
    expected = _expected(tax.code, document, used)
    tolerance = 0 if tax.code == VAT_RETAINED else TOLERANCE
    if expected is not None and abs(tax.amount - expected) > tolerance:
        data = {"tax": tax.code, "expected": expected, "amount": tax.amount}
        yield Problem("tax_total_wrong", f"{where}.amount", data)


def _expected(code: int, document: Document, used: set[int]) -> int | None:
    """Pesos of a tax; None when only the seller knows it.

    A note over a purchase invoice may leave its retention out of the lines: it is that of all.
    """
    tax, totals = TAXES[code], document.totals
    if tax.base is Base.DECLARED:
        return None
    net = totals.net or 0
    base = tax_base(code, document.lines, document.adjustments) if code in used else net
    if tax.base is Base.VAT and base == net:
        return totals.vat or 0
    return percent_of(base, tax.rate_at(totals.vat_rate or VAT_RATE))
