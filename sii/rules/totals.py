"""Totales against the lines, and against each other (PROTOCOL 5.4, 5.6)."""

from ..document import Document, Totals
from ..document.amounts import (
    CONSTRUCTION_CREDIT,
    affected_sum,
    deposit_sum,
    exempt_sum,
    net_of,
    not_billable_sum,
    percent_of,
    total_of,
)
from ..document.vat import VAT_RATE
from ..errors import Problem
from ..kinds import Kind
from .values import TOLERANCE, Problems, percent, pesos, signed_pesos

_PARTS = ("net", "exempt", "vat", "construction_credit", "deposits", "slaughter_base")
_SIGNED = ("not_billable", "previous_balance", "payable")


def check(document: Document) -> Problems:
    """Rules of the totals; ``taxes`` has those of the taxes among them."""
    totals = document.totals
    yield from _ranges(totals)
    yield from _vat_rate(totals)
    if document.traits.exempt:
        yield from _exempt_kind(totals)
    else:
        yield from _vat(document.traits, totals)
    yield from _construction(document.traits, totals)


def check_sums(document: Document) -> Problems:
    """The totals against what the lines add up to."""
    yield from _sums(document)
    yield from _balances(document)


def _ranges(totals: Totals) -> Problems:
    """A negative total is reported alone: whatever made it negative makes its parts so."""
    for name in _SIGNED:
        yield from signed_pesos(getattr(totals, name), f"totals.{name}")
    yield from pesos(totals.vat_not_withheld, "totals.vat_not_withheld", least=1)
    if totals.total < 0:
        yield Problem("total_negative", "totals.total", {"amount": totals.total})
        return
    for name in ("total", *_PARTS):
        yield from pesos(getattr(totals, name), f"totals.{name}")


def _vat_rate(totals: Totals) -> Problems:
    wrong = [*percent(totals.vat_rate, "totals.vat_rate")]
    yield from wrong
    if not wrong and totals.vat_rate not in (None, VAT_RATE):
        data = {"expected": str(VAT_RATE), "rate": str(totals.vat_rate)}
        yield Problem("vat_rate_wrong", "totals.vat_rate", data)


def _exempt_kind(totals: Totals) -> Problems:
    if not totals.exempt:
        yield Problem("exempt_not_positive", "totals.exempt")
    for name in ("net", "vat_rate", "vat"):
        if getattr(totals, name) is not None:
            yield Problem("vat_unexpected", f"totals.{name}")


def _vat(kind: Kind, totals: Totals) -> Problems:
    """Net, rate and VAT come together; an invoice has them always, a note when it moves a net."""
    if kind.vat_always and not totals.net:
        yield Problem("net_not_positive", "totals.net")
    needed = kind.vat_always or bool(totals.net)
    for name in ("vat_rate", "vat"):
        if needed and getattr(totals, name) is None:
            yield Problem("vat_missing", f"totals.{name}")
        elif totals.net is None and getattr(totals, name) is not None:
            yield Problem("vat_unexpected", f"totals.{name}")


def _construction(kind: Kind, totals: Totals) -> Problems:
    """CredEC belongs to what is sold with VAT, and to notes over it."""
    if totals.construction_credit and not kind.construction_credit:
        yield Problem("construction_credit_unexpected", "totals.construction_credit")


def _sums(document: Document) -> Problems:
    totals, lines, adjustments = document.totals, document.lines, document.adjustments
    net, vat = totals.net or 0, totals.vat or 0
    affected = affected_sum(document.kind, lines, adjustments)
    exempt = exempt_sum(document.kind, lines, adjustments)
    if min(affected, exempt) < 0:  # discounts above their lines, reported by ``adjustments``
        return
    if document.gross and totals.vat_rate is not None:
        yield from _differs("net", net, net_of(affected, totals.vat_rate), TOLERANCE)
        yield from _differs("vat", vat, affected - net)
    else:
        yield from _differs("net", net, affected)
        if totals.vat_rate is not None:
            yield from _differs("vat", vat, percent_of(net, totals.vat_rate))
    yield from _differs("exempt", totals.exempt or 0, exempt)
    yield from _differs("deposits", totals.deposits or 0, deposit_sum(lines))
    credit = totals.construction_credit or 0
    ceiling = percent_of(vat, CONSTRUCTION_CREDIT)
    if credit and credit > ceiling + TOLERANCE:
        data = {"limit": ceiling, "amount": credit}
        yield Problem("construction_credit_above", "totals.construction_credit", data)
    due = total_of(net, totals.exempt or 0, vat, totals.taxes, totals.deposits or 0, credit)
    yield from _differs("total", totals.total, due)


def _balances(document: Document) -> Problems:
    """MontoNF, and VlrPagar, which a previous balance needs (PROTOCOL 5.6.6)."""
    totals = document.totals
    unbilled = totals.not_billable or 0
    yield from _differs("not_billable", unbilled, not_billable_sum(document.lines))
    if totals.payable is not None:
        due = totals.total + unbilled + (totals.previous_balance or 0)
        yield from _differs("payable", totals.payable, due)
    elif totals.previous_balance is not None:
        yield Problem("payable_missing", "totals.payable")


def _differs(name: str, amount: int, expected: int, tolerance: int = 0) -> Problems:
    if abs(amount - expected) > tolerance:
        data = {"expected": expected, "amount": amount}
        yield Problem(f"{name}_wrong", f"totals.{name}", data)
