"""The SII's arithmetic in pesos (PROTOCOL 5.6), for those who have no tax engine of their own.

Every rounding is half up: what Python's ``round`` does would differ by a peso.

>>> half_up(Decimal("256.5")), round(256.5)
(257, 256)
>>> line_amount(Decimal("235"), Decimal("1926"), discount=percent_of(452610, Decimal("4")))
434506
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from .codes import EXEMPT_KINDS, NOTE_KINDS, IndExe, TipoDte, TpoMov
from .document import GlobalAdjustment, Line, TaxTotal, Totals

VAT_RATE = Decimal(19)
"""Percent, since 2003-10 (DL 825, art. 14)."""

RETENTIONS = frozenset(
    {15, 16, 30, 31, 32, 33, 34, 36, 37, 38, 39, 40, 41, 46, 47, 48, 49}
    | {301, 321, 331, 341, 361, 371, 481}
)
"""Codes of ImptoReten that are taken off the total; the others add to it (PROTOCOL 5.7)."""

# A quantity and a price of 18 digits each, multiplied without loss.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def half_up(value: Decimal) -> int:
    """The nearest whole peso; halves away from zero."""
    return int(_EXACT.quantize(value, Decimal(1)))


def percent_of(base: int, percent: Decimal) -> int:
    """So many percent of an amount in pesos."""
    return half_up(_EXACT.divide(_EXACT.multiply(Decimal(base), percent), Decimal(100)))


def line_amount(
    quantity: Decimal, unit_price: Decimal, discount: int = 0, surcharge: int = 0
) -> int:
    """MontoItem: quantity by price, then discount and surcharge in pesos."""
    return half_up(_EXACT.multiply(quantity, unit_price)) - discount + surcharge


def net_of(gross: int, vat_rate: Decimal) -> int:
    """The net amount inside one that includes VAT; VAT is the rest, so that the price stays."""
    return half_up(_EXACT.divide(Decimal(gross) * 100, 100 + vat_rate))


def affected_sum(
    kind: TipoDte, lines: Iterable[Line], adjustments: Sequence[GlobalAdjustment]
) -> int:
    """Sum of the lines that carry VAT after the global discounts and surcharges on them."""
    if kind in EXEMPT_KINDS:
        return 0
    return _class_sum(lines, adjustments, _is_affected)


def exempt_sum(
    kind: TipoDte, lines: Iterable[Line], adjustments: Sequence[GlobalAdjustment]
) -> int:
    """Sum of the exempt lines after the global discounts and surcharges on them.

    All lines of an exempt document are exempt, marked or not (PROTOCOL 5.5, IndExe).
    """
    if kind in EXEMPT_KINDS:
        return _class_sum(lines, adjustments, lambda each: _is_affected(each) or _is_exempt(each))
    return _class_sum(lines, adjustments, _is_exempt)


def tax_base(code: int, lines: Iterable[Line], adjustments: Sequence[GlobalAdjustment]) -> int:
    """Base of an additional tax: the lines with its code, adjusted as the affected ones are."""
    taxed = [line for line in lines if code in line.additional_taxes]
    return _class_sum(taxed, adjustments, _is_affected)


def total_of(net: int, exempt: int, vat: int, taxes: Iterable[TaxTotal]) -> int:
    """MntTotal: taxes add to it, retentions are taken off it."""
    signed = (-tax.amount if tax.code in RETENTIONS else tax.amount for tax in taxes)
    return net + exempt + vat + sum(signed)


def totals(
    kind: TipoDte,
    lines: Sequence[Line],
    adjustments: Sequence[GlobalAdjustment] = (),
    vat_rate: Decimal = VAT_RATE,
    gross: bool = False,
    tax_rates: Mapping[int, Decimal] | None = None,
) -> Totals:
    """What a document of these lines amounts to.

    gross: affected lines include VAT. tax_rates: percent by code for the additional taxes of the
    lines that go by percentage (PROTOCOL 5.7); specific and margin taxes are beyond a rate.
    """
    affected = affected_sum(kind, lines, adjustments)
    exempt = exempt_sum(kind, lines, adjustments)
    taxes = tuple(
        TaxTotal(code, percent_of(tax_base(code, lines, adjustments), rate), rate)
        for code, rate in (tax_rates or {}).items()
        if any(code in line.additional_taxes for line in lines)
    )
    shown_exempt = exempt if exempt or kind in EXEMPT_KINDS else None
    if kind in EXEMPT_KINDS or (kind in NOTE_KINDS and not affected):
        return Totals(total_of(0, exempt, 0, taxes), exempt=shown_exempt, taxes=taxes)
    net = net_of(affected, vat_rate) if gross else affected
    vat = affected - net if gross else percent_of(net, vat_rate)
    total = total_of(net, exempt, vat, taxes)
    return Totals(total, net, shown_exempt, vat_rate, vat, taxes)


def _is_affected(each: Line | GlobalAdjustment) -> bool:
    return not each.exempt


def _is_exempt(each: Line | GlobalAdjustment) -> bool:
    return each.exempt == IndExe.EXEMPT  # of an adjustment: True, which equals 1


def _class_sum(
    lines: Iterable[Line],
    adjustments: Sequence[GlobalAdjustment],
    belongs: Callable[[Line | GlobalAdjustment], bool],
) -> int:
    """Percentages go by the sum of the class, not by what another adjustment left of it."""
    before = sum(line.amount for line in lines if belongs(line))
    after = before
    for each in filter(belongs, adjustments):
        change = each.amount if each.percent is None else percent_of(before, each.percent)
        after += -change if each.movement is TpoMov.DISCOUNT else change
    return after
