"""Random legal documents of every type, for properties that hold for all of them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import documents
from hypothesis import assume
from hypothesis import strategies as st

from sii import kinds
from sii.codes import CodRef, IndExe, TipoDespacho, TipoDte, TpoMov
from sii.document import Adjustment, Document, GlobalAdjustment, Line, Reference, Transport, amounts
from sii.document.taxes import TAXES, VAT_RETAINED, Base

SALES = (TipoDte.FACTURA, TipoDte.NOTA_CREDITO, TipoDte.NOTA_DEBITO)
CREDITS = [None, *map(Decimal, ("3", "16.25", "65"))]
ADDED = sorted(c for c, tax in TAXES.items() if not tax.retention and tax.base is Base.LINES)
RETAINED = sorted(c for c, tax in TAXES.items() if tax.retention and tax.base is not Base.DECLARED)
UNSOLD = {IndExe.NOT_SOLD, IndExe.DEDUCTED_FROM_GUIDE}

_percents = st.decimals(Decimal("0.01"), Decimal(100), places=2)
_prices = st.decimals(Decimal("0.000001"), Decimal(10**7), places=6)
_quantities = st.none() | st.decimals(Decimal("0.000001"), Decimal(10**4), places=6)


@st.composite
def _lines(draw, mark: IndExe | None, codes: tuple[int, ...] = (), withheld: bool = False) -> Line:
    """A line with price and quantity, discounted or not; or with nothing but its amount."""
    line = Line("Cosa", 0, exempt=mark, additional_taxes=codes, withheld=withheld)
    if mark in UNSOLD:
        return line
    if draw(st.booleans()):
        return replace(line, amount=draw(st.integers(0, 10**9)))
    quantity, price = draw(_quantities), draw(_prices)
    before = amounts.line_amount(Decimal(1) if quantity is None else quantity, price)
    discount, surcharge = draw(_line_adjustment(before)), draw(_line_adjustment(before))
    taken, added = (each.amount if each else 0 for each in (discount, surcharge))
    return replace(
        line,
        amount=before - taken + added,
        quantity=quantity,
        unit_price=price,
        discount=discount,
        surcharge=surcharge,
    )


@st.composite
def _line_adjustment(draw, before: int) -> Adjustment | None:
    percent = draw(st.none() | _percents)
    amount = 0 if percent is None else amounts.percent_of(before, percent)
    return Adjustment(amount, draw(st.sampled_from([percent, None]))) if amount else None


@st.composite
def _sold(draw, marks: list[IndExe | None], gross: bool) -> tuple[Line, ...]:
    """Lines of a seller, the first affected."""
    chosen = [None, *draw(st.lists(st.sampled_from(marks), max_size=5))]
    taxes = st.lists(st.sampled_from(ADDED), max_size=2, unique=True).map(tuple)
    return tuple(
        draw(_lines(mark, draw(taxes) if mark is None and not gross else ())) for mark in chosen
    )


@st.composite
def _bought(draw) -> tuple[Line, ...]:
    """Lines of a purchase invoice: all VAT retained, or some of it."""
    whole = draw(st.booleans())
    marks = [None, *draw(st.lists(st.sampled_from([None, IndExe.EXEMPT]), max_size=4))]
    code = st.just(VAT_RETAINED) if whole else st.sampled_from(RETAINED).filter(lambda c: c != 15)
    return tuple(
        draw(_lines(mark) if mark else _lines(None, (draw(code),), withheld=True)) for mark in marks
    )


@st.composite
def _adjustments(draw, lines: tuple[Line, ...]) -> tuple[GlobalAdjustment, ...]:
    made = []
    for mark in draw(st.lists(st.sampled_from([None, IndExe.EXEMPT]), max_size=3)):
        of_class = [line for line in lines if line.exempt is mark]
        if not of_class:
            continue
        movement, percent, amount = draw(st.sampled_from(TpoMov)), draw(_percents), None
        if len({frozenset(line.additional_taxes) for line in of_class}) == 1 and draw(
            st.booleans()
        ):
            percent, amount = None, draw(st.integers(1, 10**6))
        made.append(GlobalAdjustment(movement, "", percent, amount, exempt=mark is not None))
    return tuple(made)


@st.composite
def legal_documents(draw) -> Document:
    """Whatever ``amounts.totals`` can make of lines, where something is left to invoice."""
    kind = draw(st.sampled_from(sorted(documents.ALL)).map(TipoDte))
    gross = kind in SALES and draw(st.booleans())
    if kind is TipoDte.FACTURA_COMPRA:
        lines = draw(_bought())
    elif kind is TipoDte.FACTURA_EXENTA:
        lines = (draw(_lines(None)), draw(_lines(IndExe.EXEMPT)))
    else:
        lines = draw(_sold([None, *IndExe], gross))
    adjustments = () if kind is TipoDte.FACTURA_EXENTA else draw(_adjustments(lines))
    totals = amounts.totals(
        kind,
        lines,
        adjustments,
        gross=gross,
        construction=draw(st.sampled_from(CREDITS)) if kind in SALES else None,
        previous_balance=draw(st.none() | st.integers(-(10**9), 10**9)),
    )
    left = (amounts.affected_sum, amounts.exempt_sum)
    assume(all(of_class(kind, lines, adjustments) >= 0 for of_class in left))
    assume(totals.total >= 0)
    # a note that corrects amounts has one
    assume(totals.total or kind not in (TipoDte.NOTA_CREDITO, TipoDte.NOTA_DEBITO))
    assume(kind is not TipoDte.FACTURA or totals.net)
    assume(kind is not TipoDte.FACTURA_EXENTA or totals.exempt)
    return replace(
        documents.ALL[kind](),
        lines=lines,
        adjustments=adjustments,
        totals=totals,
        gross=gross,
        references=draw(_references(kind)),
        transport=draw(st.none() | transports()) if kinds.of(kind).carries_goods else None,
    )


@st.composite
def transports(draw) -> Transport:
    """Goods that travel with a document of ``documents.ISSUED_ON``: each stated, or not known."""
    known = {name: draw(st.booleans()) for name in ("plate", "carrier", "driver", "departure")}
    trailer = draw(st.sampled_from(["stated", "unknown", "none"]))
    departure = datetime.combine(documents.ISSUED_ON, draw(st.times()).replace(microsecond=0))
    departure += timedelta(days=draw(st.integers(0, 3)))
    is_later = departure.date() > documents.ISSUED_ON
    days = draw(st.integers(0, 5) if is_later else st.none() | st.integers(0, 5))
    arrival = None if days is None else departure + timedelta(days=days)
    elsewhere = draw(st.booleans())
    not_known = [name for name, is_known in known.items() if not is_known]
    return Transport(
        plate=draw(st.sampled_from(["ABCD12", "ab-cd 12", "AB 1234", "ABC12"]))
        if known["plate"]
        else "",
        carrier_rut="60803000-K" if known["carrier"] else "",
        driver_rut="11111111-1" if known["driver"] else "",
        driver_name="Íñigo Pérez" if known["driver"] else "",
        address="Ruta 5 Norte km 800",
        comuna="Copiapó",
        dispatch=draw(st.none() | st.sampled_from(TipoDespacho)),
        trailer_plate="JK4567" if trailer == "stated" else "",
        departs_at=departure if known["departure"] else None,
        arrives_on=arrival.date() if arrival and known["departure"] else None,
        origin_address="Bodega 4" if elsewhere else "",
        origin_comuna="Quilicura" if elsewhere else "",
        goods_travel=True,
        not_known=(*not_known, *(["trailer_plate"] if trailer == "unknown" else [])),
    )


def moved(document: Document, day: date) -> Document:
    """The same document issued on another day, its goods leaving as long after it as before."""
    transport, by = document.transport, day - document.issued_on
    if transport is not None:
        transport = replace(
            transport,
            departs_at=transport.departs_at and transport.departs_at + by,
            arrives_on=transport.arrives_on and transport.arrives_on + by,
        )
    return replace(document, issued_on=day, transport=transport)


@st.composite
def _references(draw, kind: TipoDte) -> tuple[Reference, ...]:
    others = (Reference("801", "OC-1", date(2026, 3, 1)),) * draw(st.integers(0, 3))
    if kind not in (TipoDte.NOTA_CREDITO, TipoDte.NOTA_DEBITO):
        return others
    return (*others, Reference("33", "12", date(2026, 3, 5), CodRef.CORRECTS_AMOUNTS))
