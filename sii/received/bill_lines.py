"""A received document as the lines of a bill: net amounts that add up to its totals, to the peso.

Suppliers may write prices with VAT inside, round each line, or take discounts off the whole; a bill
has net lines. Whatever the lines leave over becomes a line of its own, so that net and exempt
amounts are always those that the document declares.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from .. import kinds
from ..codes import IndExe, TpoMov
from ..document import GlobalAdjustment, Line, TaxTotal
from ..document.amounts import EXACT, half_up, net_of, percent_of
from ..document.taxes import RETENTIONS
from ..document.vat import VAT_RATE
from .document import ReceivedDte

_SOLD = (None, IndExe.EXEMPT)
_MAX_DISCOUNT = Decimal(100)
_FALLBACKS = {TpoMov.DISCOUNT: "Descuento global", TpoMov.SURCHARGE: "Recargo global"}


@dataclass(frozen=True, slots=True)
class BillLine:
    """amount: net pesos, negative for what is taken off. price, discount (percent): such that
    quantity by price less discount is the amount. taxes: SII codes of additional taxes. tax_code:
    of the additional tax that the line itself is."""

    name: str
    amount: int
    affected: bool
    quantity: Decimal = Decimal(1)
    price: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    taxes: tuple[int, ...] = ()
    tax_code: int = 0


@dataclass(frozen=True, slots=True)
class Digits:
    """Decimals that the books keep."""

    price: int
    discount: int
    quantity: int


def bill_lines(document: ReceivedDte, digits: Digits) -> list[BillLine]:
    """The lines that carry the net and the exempt amount of the document."""
    lines = [_bill_line(document, line, digits) for line in document.lines if line.exempt in _SOLD]
    totals = document.totals
    for affected, declared in ((True, totals.net or 0), (False, totals.exempt or 0)):
        lines = _balanced(document, lines, affected, int(declared))
    return lines


def other_lines(document: ReceivedDte, known: frozenset[int]) -> list[BillLine]:
    """Lines without tax for additional taxes that the books do not know by code, and for
    credits, commissions and deposits."""
    lines = [
        BillLine(
            f"Impuesto {tax.code}",
            _signed(tax),
            affected=False,
            price=Decimal(_signed(tax)),
            tax_code=tax.code,
        )
        for tax in document.totals.taxes
        if tax.code not in known and tax.amount
    ]
    if document.deductions:
        amount = -document.deductions
        lines.append(
            BillLine("Créditos y depósitos", amount, affected=False, price=Decimal(amount))
        )
    return lines


def _signed(tax: TaxTotal) -> int:
    return -tax.amount if tax.code in RETENTIONS else tax.amount


def _bill_line(document: ReceivedDte, line: Line, digits: Digits) -> BillLine:
    affected = not kinds.of(document.kind).exempt and line.exempt is None
    affected = affected and document.totals.net is not None
    name = "\n".join(filter(None, (line.name, line.description)))
    amount = int(line.amount)
    if affected and document.gross:
        amount = net_of(amount, document.totals.vat_rate or VAT_RATE)
    whole = BillLine(
        name, amount, affected, price=Decimal(amount), taxes=tuple(line.additional_taxes)
    )
    if document.gross or not line.quantity or line.unit_price is None:
        return whole
    priced = replace(
        whole,
        quantity=_rounded(line.quantity, digits.quantity),
        price=_rounded(line.unit_price, digits.price),
        discount=_discount(line, digits.discount),
    )
    if _value(priced) == amount:
        return priced
    # The books keep fewer decimals than the supplier: the amount is right, the text gives the rest.
    return replace(whole, name=f"{name} ({line.quantity:f} x {line.unit_price:f})")


def _discount(line: Line, digits: int) -> Decimal:
    """Percent, negative for a surcharge."""
    off = (line.discount.amount if line.discount else 0) - (
        line.surcharge.amount if line.surcharge else 0
    )
    before = line.amount + off
    return _rounded(Decimal(off) * _MAX_DISCOUNT / before, digits) if off and before else Decimal(0)


def _value(line: BillLine) -> int:
    paid = EXACT.divide(_MAX_DISCOUNT - line.discount, _MAX_DISCOUNT)
    return half_up(EXACT.multiply(EXACT.multiply(line.quantity, line.price), paid))


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN, EXACT)


def _balanced(
    document: ReceivedDte, lines: list[BillLine], affected: bool, declared: int
) -> list[BillLine]:
    mine = [line for line in lines if line.affected is affected]
    base = sum(line.amount for line in mine)
    left = declared - base
    own = [each for each in document.adjustments if each.exempt is not affected]
    if not left and not own:
        return lines
    if document.gross and mine and not document.adjustments and abs(left) <= len(mine):
        # pesos of rounding: the largest line takes them
        largest = max(mine, key=lambda line: line.amount)
        amount = largest.amount + left
        rounded = replace(largest, amount=amount, quantity=Decimal(1), price=Decimal(amount))
        return [rounded if line is largest else line for line in lines]
    common = set(mine[0].taxes).intersection(*(line.taxes for line in mine)) if mine else set()
    taxes = tuple(sorted(common))
    amounts = [_adjusted(document, each, base, affected) for each in own]
    off = left - sum(amounts)
    if own and abs(off) <= len(own):
        # pesos of rounding: the last one takes them
        amounts[-1] += off
        named = [(_name([each]), amount) for each, amount in zip(own, amounts, strict=True)]
    else:
        named = [(_reason(own, left), left)] if left else []
    added = [
        BillLine(name, amount, affected, price=Decimal(amount), taxes=taxes)
        for name, amount in named
        if amount
    ]
    return [*lines, *added]


def _adjusted(
    document: ReceivedDte, adjustment: GlobalAdjustment, base: int, affected: bool
) -> int:
    """Net pesos that a discount or surcharge on the whole comes to. base: of the lines, net."""
    if adjustment.percent is not None:
        amount = percent_of(base, adjustment.percent)
    else:
        amount = int(adjustment.amount or 0)
        if affected and document.gross:
            amount = net_of(amount, document.totals.vat_rate or VAT_RATE)
    return -amount if adjustment.movement is TpoMov.DISCOUNT else amount


def _reason(own: list[GlobalAdjustment], left: int) -> str:
    movement = TpoMov.DISCOUNT if left < 0 else TpoMov.SURCHARGE
    named = [each for each in own if each.movement is movement]
    return _name(named) or _FALLBACKS[movement]


def _name(adjustments: list[GlobalAdjustment]) -> str:
    reasons = ", ".join(filter(None, (each.reason for each in adjustments)))
    return reasons or "".join(_FALLBACKS[each.movement] for each in adjustments[:1])
