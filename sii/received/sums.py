"""Whether the totals of a received document follow from its lines (PROTOCOL 5.6)."""

from collections.abc import Sequence

from ..codes import TipoDte
from ..document import GlobalAdjustment, Line, Totals
from ..document.amounts import affected_sum, exempt_sum, percent_of, total_of
from ..errors import Problem

TOLERANCE = 1
"""Pesos: programs that work with gross prices round at another place."""


def judge(
    totals: Totals,
    lines: Sequence[Line],
    adjustments: Sequence[GlobalAdjustment],
    gross: bool,
    deductions: int,
) -> Problem | None:
    """The first total that differs, ``sums_differ`` {expected, amount}; None when all agree.

    gross: affected lines include VAT. deductions: pesos that the total lacks for credits and
    commissions.
    """
    # A document that shows exempt amounts alone need not mark its lines.
    wholly_exempt = totals.net is None and totals.exempt
    kind = TipoDte.FACTURA_EXENTA if wholly_exempt else TipoDte.FACTURA
    affected = affected_sum(kind, lines, adjustments)
    exempt = exempt_sum(kind, lines, adjustments)
    net, vat, rate = totals.net or 0, totals.vat or 0, totals.vat_rate
    if totals.net is None:
        due_net, sold = 0, affected  # a boleta may show nothing but its total
    else:
        due_net, sold = affected - vat if gross else affected, net + vat
    due_total = sold + exempt + total_of(0, 0, 0, totals.taxes) - deductions
    checks = (
        ("MntExe", totals.exempt or 0, exempt),
        ("MntNeto", net, due_net),
        ("IVA", vat, percent_of(net, rate) if rate else vat),
        ("MntTotal", totals.total, due_total),
    )
    for name, amount, expected in checks:
        if abs(amount - expected) > TOLERANCE:
            data = {"expected": expected, "amount": amount}
            return Problem("sums_differ", f"Encabezado/Totales/{name}", data)
    return None
