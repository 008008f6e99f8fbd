"""Totales against the lines, and against each other (PROTOCOL 5.4, 5.6)."""

from ..amounts import affected_sum, exempt_sum, net_of, percent_of, total_of
from ..codes import EXEMPT_KINDS, TipoDte
from ..document import Document, Totals
from ..errors import Problem
from .lines import TAXES
from .values import Problems, at_most, is_countable, is_usable, percent, pesos

MAX_TAXES = 20
_TOLERANCE = 1  # pesos: VAT taken out of a gross price need not be the rate of its net (5.6.3)


def check(document: Document) -> Problems:
    """Rules of the totals."""
    totals = document.totals
    for name in ("total", "net", "exempt", "vat"):
        yield from pesos(getattr(totals, name), f"totals.{name}")
    yield from percent(totals.vat_rate, "totals.vat_rate")
    if document.kind in EXEMPT_KINDS:
        yield from _exempt_kind(totals)
    else:
        yield from _vat(document.kind, totals)
    yield from _taxes(document)
    if _is_computable(document):
        yield from _sums(document)


def _exempt_kind(totals: Totals) -> Problems:
    if not totals.exempt:
        yield Problem("exempt_not_positive", "totals.exempt")
    for name in ("net", "vat_rate", "vat"):
        if getattr(totals, name) is not None:
            yield Problem("vat_unexpected", f"totals.{name}")


def _vat(kind: TipoDte, totals: Totals) -> Problems:
    """Net, rate and VAT come together; an invoice has them always, a note when it moves a net."""
    if kind is TipoDte.FACTURA and not totals.net:
        yield Problem("net_not_positive", "totals.net")
    needed = kind is TipoDte.FACTURA or bool(totals.net)
    for name in ("vat_rate", "vat"):
        if needed and getattr(totals, name) is None:
            yield Problem("vat_missing", f"totals.{name}")
        elif totals.net is None and getattr(totals, name) is not None:
            yield Problem("vat_unexpected", f"totals.{name}")


def _taxes(document: Document) -> Problems:
    taxes = document.totals.taxes
    yield from at_most(MAX_TAXES, taxes, "totals.taxes")
    declared: set[int] = set()
    for index, tax in enumerate(taxes):
        where = f"totals.taxes[{index}]"
        yield from pesos(tax.amount, f"{where}.amount")
        yield from percent(tax.rate, f"{where}.rate")
        if tax.code not in TAXES:
            yield Problem("tax_unknown", f"{where}.code", {"tax": tax.code})
        if tax.code in declared:
            yield Problem("tax_total_twice", f"{where}.code", {"tax": tax.code})
        declared.add(tax.code)
    used = {code for line in document.lines for code in line.additional_taxes}
    for code in sorted(used - declared):
        yield Problem("tax_total_missing", "totals.taxes", {"tax": code})


def _is_computable(document: Document) -> bool:
    """Whether the other rules found numbers one can add up."""
    totals, adjustments = document.totals, document.adjustments
    amounts = [*(line.amount for line in document.lines), totals.net, totals.exempt, totals.vat]
    return (
        is_usable(totals.vat_rate)
        and all(map(is_countable, [*amounts, *(each.amount for each in adjustments)]))
        and all(is_usable(each.percent) for each in adjustments)
        and all((each.percent is None) != (each.amount is None) for each in adjustments)
    )


def _sums(document: Document) -> Problems:
    totals = document.totals
    net, exempt, vat = totals.net or 0, totals.exempt or 0, totals.vat or 0
    affected = affected_sum(document.kind, document.lines, document.adjustments)
    if document.gross and totals.vat_rate is not None:
        yield from _differs("net", net, net_of(affected, totals.vat_rate), _TOLERANCE)
        yield from _differs("vat", vat, affected - net)
    else:
        yield from _differs("net", net, affected)
        if totals.vat_rate is not None:
            yield from _differs("vat", vat, percent_of(net, totals.vat_rate), _TOLERANCE)
    expected = exempt_sum(document.kind, document.lines, document.adjustments)
    yield from _differs("exempt", exempt, expected)
    yield from _differs("total", totals.total, total_of(net, exempt, vat, totals.taxes))


def _differs(name: str, amount: int, expected: int, tolerance: int = 0) -> Problems:
    if abs(amount - expected) > tolerance:
        data = {"expected": expected, "amount": amount}
        yield Problem(f"{name}_wrong", f"totals.{name}", data)
