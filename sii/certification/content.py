"""What the document of a certification case must contain, to the letter (PROTOCOL 11)."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .. import kinds
from ..codes import CodRef, IndExe, TpoMov
from ..document import Adjustment, Document, GlobalAdjustment, Line, Reference, Totals, amounts
from ..errors import CertificationSetProblem
from .sets import Case, CertificationSet, Item, SetKind

GLOBAL_DISCOUNT = "Descuento global ítemes afectos"


@dataclass(frozen=True, slots=True)
class Content:
    """Lines and totals of a case. code: what a note does to the case it refers to."""

    lines: tuple[Line, ...]
    adjustments: tuple[GlobalAdjustment, ...]
    totals: Totals
    code: CodRef | None = None


def content(test_set: CertificationSet, case: Case) -> Content:
    """A note that annuls repeats its original; one on amounts takes prices and discounts of it.

    Raises CertificationSetProblem ``set_item_unknown`` for a note on what its original has not,
    ``set_row_unreadable`` for more than that has.
    """
    gross = test_set.kind is SetKind.BOLETA
    if not kinds.of(case.kind).is_note:
        lines = tuple(
            _line(case, item, marked=not kinds.of(case.kind).exempt) for item in case.items
        )
        return _amounts(case, lines, _discounts(case), gross)
    original = test_set.case(case.original)
    code = _code(case)
    corrected = content(test_set, original)
    if code is CodRef.ANNULS:
        lines = tuple(_marked(line, original) for line in corrected.lines)
        if not corrected.totals.total:
            return replace(corrected, code=code)
        return replace(_amounts(case, lines, corrected.adjustments, gross), code=code)
    if code is CodRef.CORRECTS_TEXT:
        return Content((Line(name=case.reason, amount=0),), (), Totals(total=0), code)
    items = [_completed(case, item, original) for item in case.items]
    lines = tuple(_line(case, item, marked=True) for item in items)
    return replace(_amounts(case, lines, corrected.adjustments, gross), code=code)


def set_reference(test_set: CertificationSet, case: Case, folio: int, issued_on: date) -> Reference:
    """The first reference of the document: the case it belongs to."""
    if test_set.kind is SetKind.BOLETA:
        return Reference(label="SET", reason=f"CASO-{case.name}")
    return Reference("SET", str(folio), issued_on, reason=f"CASO {case.name}")


def cite(document: Document, reference: Reference) -> Document:
    """The document with the reference of its case before all others."""
    return replace(document, references=(reference, *document.references))


def _code(case: Case) -> CodRef:
    if case.reason.upper().startswith("ANULA"):
        return CodRef.ANNULS
    return CodRef.CORRECTS_AMOUNTS if case.items else CodRef.CORRECTS_TEXT


def _discounts(case: Case) -> tuple[GlobalAdjustment, ...]:
    if case.global_discount is None:
        return ()
    return (
        GlobalAdjustment(TpoMov.DISCOUNT, reason=GLOBAL_DISCOUNT, percent=case.global_discount),
    )


def _amounts(
    case: Case, lines: tuple[Line, ...], adjustments: tuple[GlobalAdjustment, ...], gross: bool
) -> Content:
    totals = amounts.totals(case.kind, lines, adjustments, gross=gross)
    return Content(lines, adjustments, totals)


def _line(case: Case, item: Item, marked: bool) -> Line:
    quantity, price = item.quantity or Decimal(1), item.price or Decimal(0)
    before = amounts.line_amount(quantity, price)
    discount = None
    if item.discount:
        discount = Adjustment(amounts.percent_of(before, item.discount), item.discount)
    return Line(
        name=item.name,
        amount=before - (discount.amount if discount else 0),
        quantity=quantity,
        unit=item.unit,
        unit_price=price,
        discount=discount,
        exempt=IndExe.EXEMPT if item.exempt and marked else None,
    )


def _marked(line: Line, original: Case) -> Line:
    """A note marks each line as exempt; a wholly exempt invoice does not."""
    return replace(line, exempt=IndExe.EXEMPT) if kinds.of(original.kind).exempt else line


def _completed(case: Case, item: Item, original: Case) -> Item:
    held = next((each for each in original.items if each.name == item.name), None)
    if held is None:
        raise CertificationSetProblem(
            "set_item_unknown", line=case.line, text=item.name, case=original.name
        )
    if item.quantity and held.quantity and item.quantity > held.quantity:
        raise CertificationSetProblem("set_row_unreadable", line=case.line, text=item.name)
    return replace(
        item,
        quantity=item.quantity or held.quantity,
        unit=item.unit or held.unit,
        price=item.price or held.price,
        discount=item.discount or held.discount,
        exempt=held.exempt,
    )
