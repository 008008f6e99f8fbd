"""The SII's arithmetic in pesos (PROTOCOL 5.6), for those who have no tax engine of their own.

Every rounding is half up: what Python's ``round`` does would differ by a peso.

>>> half_up(Decimal("256.5")), round(256.5)
(257, 256)
>>> line_amount(Decimal("235"), Decimal("1926"), discount=percent_of(452610, Decimal("4")))
434506
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from .. import kinds
from ..codes import IndExe, TpoMov
from .contents import GlobalAdjustment, Line, TaxTotal, Totals
from .taxes import RETENTIONS, SLAUGHTER, TAXES, Base
from .vat import VAT_RATE

CONSTRUCTION_CREDIT = Decimal(65)
"""Percent of VAT that CredEC takes off the total at most (LAW_2026 6): it has a cap a dwelling, and
in 2025 and 2026 most builders have a quarter of it."""

_UNBILLED = {IndExe.NOT_BILLABLE, IndExe.NOT_BILLABLE_NEGATIVE}

EXACT = Context(prec=100, rounding=ROUND_HALF_UP)
"""A quantity and a price of 18 digits before and after the point, multiplied without loss."""


def half_up(value: Decimal) -> int:
    """The nearest whole peso; halves away from zero."""
    return int(EXACT.quantize(value, Decimal(1)))


def percent_of(base: int, percent: Decimal) -> int:
    """So many percent of an amount in pesos."""
    return half_up(EXACT.divide(EXACT.multiply(Decimal(base), percent), Decimal(100)))


def line_amount(
    quantity: Decimal, unit_price: Decimal, discount: int = 0, surcharge: int = 0
) -> int:
    """MontoItem: quantity by price, then discount and surcharge in pesos."""
    return half_up(EXACT.multiply(quantity, unit_price)) - discount + surcharge


def net_of(gross: int, vat_rate: Decimal) -> int:
    """The net amount inside one that includes VAT; VAT is the rest, so that the price stays."""
    return half_up(EXACT.divide(Decimal(gross) * 100, 100 + vat_rate))


def affected_sum(kind: int, lines: Iterable[Line], adjustments: Sequence[GlobalAdjustment]) -> int:
    """Sum of the lines that carry VAT after the global discounts and surcharges on them."""
    if kinds.of(kind).exempt:
        return 0
    return _class_sum(lines, adjustments, _is_affected)


def exempt_sum(kind: int, lines: Iterable[Line], adjustments: Sequence[GlobalAdjustment]) -> int:
    """Sum of the exempt lines after the global discounts and surcharges on them.

    All lines of an exempt document are exempt, marked or not (PROTOCOL 5.5, IndExe).
    """
    if kinds.of(kind).exempt:
        return _class_sum(lines, adjustments, lambda each: _is_affected(each) or _is_exempt(each))
    return _class_sum(lines, adjustments, _is_exempt)


def deposit_sum(lines: Iterable[Line]) -> int:
    """GrntDep: deposits for containers."""
    return _marked(lines, IndExe.CONTAINER_DEPOSIT)


def not_billable_sum(lines: Sequence[Line]) -> int:
    """MontoNF: what is shown without being billed, which may be negative."""
    return _marked(lines, IndExe.NOT_BILLABLE) - _marked(lines, IndExe.NOT_BILLABLE_NEGATIVE)


def tax_base(code: int, lines: Iterable[Line], adjustments: Sequence[GlobalAdjustment]) -> int:
    """Base of an additional tax: the lines with its code, adjusted as the affected ones are."""
    taxed = [line for line in lines if code in line.additional_taxes]
    return _class_sum(taxed, adjustments, _is_affected)


def total_of(
    net: int, exempt: int, vat: int, taxes: Iterable[TaxTotal], deposits: int = 0, credit: int = 0
) -> int:
    """MntTotal: taxes and deposits add to it; retentions and CredEC are taken off it."""
    signed = (-tax.amount if tax.code in RETENTIONS else tax.amount for tax in taxes)
    return net + exempt + vat + sum(signed) + deposits - credit


def slaughter_base(taxes: Iterable[TaxTotal]) -> int | None:
    """MntBase: that of which tax 17 is its percentage; None without it."""
    amount = sum(tax.amount for tax in taxes if tax.code == SLAUGHTER)
    return half_up(amount * 100 / TAXES[SLAUGHTER].rate) or None


def not_withheld(kind: int, vat: int, taxes: Iterable[TaxTotal]) -> int | None:
    """IVANoRet: the VAT that a purchase invoice or its note leaves to the seller; None if none."""
    traits = kinds.of(kind)
    if not traits.is_purchase and not traits.is_note:
        return None
    return max(0, vat - sum(tax.amount for tax in taxes if tax.code in RETENTIONS)) or None


def totals(
    kind: int,
    lines: Sequence[Line],
    adjustments: Sequence[GlobalAdjustment] = (),
    vat_rate: Decimal = VAT_RATE,
    gross: bool = False,
    *,
    retentions: Iterable[int] = (),
    declared: Mapping[int, int] | None = None,
    construction: Decimal | None = None,
    previous_balance: int | None = None,
) -> Totals:
    """What a document of these lines amounts to.

    gross: affected lines include VAT. retentions: codes that a note over a purchase invoice
    withholds from its whole net, where its lines do not carry them. declared: pesos by code of the
    taxes that the lines do not show (``taxes.Base.DECLARED``). construction: CredEC in percent of
    the VAT. previous_balance: SaldoAnterior. Raises KeyError for a code that is not the SII's, and
    for one that is to be declared and is not.
    """
    exempt = exempt_sum(kind, lines, adjustments)
    net, vat = _net_and_vat(kind, affected_sum(kind, lines, adjustments), vat_rate, gross)
    bases = {code: tax_base(code, lines, adjustments) for code in _codes(lines)}
    bases |= dict.fromkeys(retentions, net or 0)
    taxes = tuple(_tax_totals(bases, vat_rate, declared or {}))
    withholds = not RETENTIONS.isdisjoint(bases)
    credit = percent_of(vat, construction) if construction and vat else None
    marks = {line.exempt for line in lines}
    deposits = deposit_sum(lines) if IndExe.CONTAINER_DEPOSIT in marks else None
    unbilled = not_billable_sum(lines) if marks & _UNBILLED else None
    total = total_of(net or 0, exempt, vat or 0, taxes, deposits or 0, credit or 0)
    return Totals(
        total=total,
        net=net,
        exempt=exempt if exempt or kinds.of(kind).exempt else None,
        vat_rate=None if net is None else vat_rate,
        vat=vat,
        taxes=taxes,
        vat_not_withheld=not_withheld(kind, vat or 0, taxes) if withholds else None,
        construction_credit=credit,
        deposits=deposits,
        not_billable=unbilled,
        previous_balance=previous_balance,
        payable=None if previous_balance is None else total + (unbilled or 0) + previous_balance,
        slaughter_base=slaughter_base(taxes),
    )


def _net_and_vat(
    kind: int, affected: int, vat_rate: Decimal, gross: bool
) -> tuple[int, int] | tuple[None, None]:
    """None for documents that show neither: exempt ones, and notes that move nothing affected."""
    traits = kinds.of(kind)
    if traits.exempt or (not affected and not traits.vat_always):
        return None, None
    net = net_of(affected, vat_rate) if gross else affected
    return net, affected - net if gross else percent_of(net, vat_rate)


def _codes(lines: Iterable[Line]) -> list[int]:
    """Each code of the lines once, in their order."""
    return list(dict.fromkeys(code for line in lines for code in line.additional_taxes))


def _tax_totals(
    bases: Mapping[int, int], vat_rate: Decimal, declared: Mapping[int, int]
) -> Iterator[TaxTotal]:
    """ImptoReten of each code; one of zero must not appear (PROTOCOL 5.3)."""
    for code, base in bases.items():
        tax = TAXES[code]
        rate = tax.rate_at(vat_rate)
        amount = declared[code] if tax.base is Base.DECLARED else percent_of(base, rate)
        if amount:
            yield TaxTotal(code, amount, rate)


def _marked(lines: Iterable[Line], mark: IndExe) -> int:
    return sum(line.amount for line in lines if line.exempt is mark)


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
