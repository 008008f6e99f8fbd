"""Documents that state all that their type can, and the same documents without one thing."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import boletas
import documents
import wide

from sii.codes import (
    CodRef,
    IndExe,
    IndServicio,
    MedioPago,
    NoteReason,
    TipoDte,
    TpoMov,
)
from sii.document import (
    Adjustment,
    Document,
    ForeignLine,
    ForeignTax,
    ForeignTotals,
    GlobalAdjustment,
    Instalment,
    ItemCode,
    Line,
    Reference,
    Totals,
    amounts,
)
from sii.xml import boleta, factura
from sii.xml.writer import DTE_TAG

VERSION = "@version"
"""Of DTE, the only attribute in the table."""
ORIGINAL = 1
"""Folio of the factura that the notes change."""
_NEXT_DAY = replace(wide.TRANSPORT, departs_at=datetime(2026, 3, 10, 7, 30), city="Tierra Amarilla")
"""Goods that leave on another day, so that an arrival is asked for."""
_LESS = GlobalAdjustment(TpoMov.DISCOUNT, "Cliente frecuente", Decimal(10), exempt=True)
_BARE = {"adjustments": (), "instalments": (), "foreign": None}


def of_kind(kind: int) -> list[Document]:
    """Legal documents that together state what the type can."""
    return _MAKERS[kind]()


def build(document: Document, folio: int, stamp: str, at: datetime) -> str:
    """The unsigned XML."""
    writer = boleta if document.traits.is_boleta else factura
    return writer.build(document, folio, stamp, at)


def span(text: str, path: str) -> tuple[int, int] | None:
    """Where the first element of this path is."""
    if path == VERSION:
        return 0, 0
    path = path.removeprefix("../") if path.startswith("../") else f"Documento/{path}"
    return _span(text, path.split("/"), 0, len(text))


def without(text: str, path: str) -> str:
    """The same XML without its first element of this path, and those like it beside it."""
    if path == VERSION:
        return text.replace(DTE_TAG, DTE_TAG.replace(' version="1.0"', ""), 1)
    start, end = span(text, path)
    text, name = text[:start] + text[end:], path.rpartition("/")[2]
    while (beside := span(text[start:], f"../{name}")) and not beside[0]:
        text = text[:start] + text[start + beside[1] :]
    return text


def without_value(part: object, place: str) -> object | None:
    """The same with nothing at this place; None where nothing was there."""
    if isinstance(part, tuple):
        for index, each in enumerate(part):
            less = without_value(each, place)
            if less is not None:
                return (*part[:index], less, *part[index + 1 :])
        return None
    name, _dot, rest = place.partition(".")
    value = getattr(part, name)
    if value in (None, "", (), False):
        return None
    less = without_value(value, rest) if rest else _nothing(value)
    return None if rest and less is None else replace(part, **{name: less})


def _nothing(value: object) -> object:
    """What a field of this type holds when nothing is stated."""
    return {str: "", tuple: (), bool: False}.get(type(value))


def _span(text: str, names: list[str], start: int, end: int) -> tuple[int, int] | None:
    first, *rest = names
    pattern = re.compile(rf"<{first}(?=[ >])[^>]*>(.*?)</{first}>\n?", re.DOTALL)
    for match in pattern.finditer(text, start, end):
        found = _span(text, rest, *match.span(1)) if rest else match.span()
        if found:
            return found
    return None


def _facturas() -> list[Document]:
    full = wide.factura()
    return [
        full,
        wide.gross(),
        replace(full, transport=replace(wide.TRANSPORT, arrives_on=None)),
        replace(full, transport=_NEXT_DAY),
        _meat(documents.factura()),
    ]


def _meat(document: Document) -> Document:
    """The same document for meat, on which tax 17 is declared."""
    line = replace(documents.factura().lines[0], additional_taxes=(17,))
    totals = amounts.totals(document.kind, (line,), declared={17: 1000})
    return replace(document, lines=(line,), totals=totals)


def _like(document: Document) -> Document:
    """This document with what headers can hold."""
    full = wide.factura()
    totals = document.totals
    due = totals.total + (totals.not_billable or 0) if totals.payable is None else totals.payable
    return replace(
        document,
        issuer=full.issuer,
        receiver=full.receiver,
        service=full.service,
        period_from=full.period_from,
        period_to=full.period_to,
        means=full.means,
        payment=full.payment,
        terms=full.terms,
        due_on=full.due_on,
        instalments=(Instalment(date(2026, 4, 8), due, "Única"),),
        purchase=full.purchase,
        transport=_NEXT_DAY,
        references=full.references,
        foreign=_in_dollars(totals),
    )


def _in_dollars(totals: Totals) -> ForeignTotals:
    pesos = {"total": totals.total, "net": totals.net, "exempt": totals.exempt, "vat": totals.vat}
    figures = {
        name: None if amount is None else round(amount / wide.RATE, 2)
        for name, amount in pesos.items()
    }
    taxes = (
        ForeignTax(tax.code, round(tax.amount / wide.RATE, 2), tax.rate) for tax in totals.taxes
    )
    return ForeignTotals("DOLAR USA", wide.RATE, taxes=tuple(taxes), **figures)


_EXEMPT_LINE = Line(
    "Libro",
    22000,
    description="Ñandú",
    quantity=Decimal(10),
    unit="UN",
    unit_price=Decimal(2000),
    discount=Adjustment(1000, Decimal(5)),
    surcharge=Adjustment(3000, Decimal(15)),
    exempt=IndExe.EXEMPT,
    codes=(ItemCode("INT1", "L-1"),),
    foreign=ForeignLine(Decimal("2.1042"), "USD", Decimal("23.1457"), wide.RATE),
)


def _exentas() -> list[Document]:
    kind, lines, adjustments = TipoDte.FACTURA_EXENTA, (_EXEMPT_LINE, *wide.LINES[3:]), (_LESS,)
    totals = amounts.totals(kind, lines, adjustments, previous_balance=-300)
    whole = replace(documents.exenta(), lines=lines, adjustments=adjustments, totals=totals)
    return [replace(_like(whole), sale=wide.factura().sale)]


def _compras() -> list[Document]:
    first = replace(_EXEMPT_LINE, exempt=None, additional_taxes=(15,), withheld=True)
    lines, adjustments = (first, _EXEMPT_LINE, *wide.LINES[4:6]), (_LESS,)
    totals = amounts.totals(TipoDte.FACTURA_COMPRA, lines, adjustments)
    plain = documents.factura_compra()
    whole = replace(plain, lines=lines, totals=totals, adjustments=adjustments)
    return [_like(whole), wide.partial_purchase()]


def _notes(kind: TipoDte, code: CodRef) -> list[Document]:
    full = wide.factura()
    is_credit = kind is TipoDte.NOTA_CREDITO
    original = Reference("33", str(ORIGINAL), full.issued_on, code, "Cambia")
    others = tuple(each for each in full.references if not each.folio.isdecimal())
    note = replace(
        full,
        kind=kind,
        transport=replace(
            _NEXT_DAY, plate="", trailer_plate="", carrier_rut="", dispatch=None, goods_travel=False
        ),
        purchase=None,
        sale=full.sale if is_credit else None,
        references=(original, *others, Reference("HES", "0", full.issued_on, is_global=True)),
        late=is_credit,
    )
    gross = wide.gross()
    bought = amounts.totals(kind, wide.purchase_note().lines, retentions=[34])
    old = replace(original, issued_on=date(2026, 1, 5))
    return [
        note,
        *([replace(note, references=(old,), note_reason=NoteReason.ERROR)] if is_credit else []),
        replace(note, lines=gross.lines, totals=gross.totals, gross=True, **_BARE),
        _meat(replace(note, **_BARE)),
        replace(
            note,
            lines=wide.purchase_note().lines,
            totals=bought,
            references=(replace(original, document_type="46", code=CodRef.CORRECTS_AMOUNTS),),
            **_BARE,
        ),
    ]


def _boletas() -> list[Document]:
    lines = (
        replace(wide.LINES[0], additional_taxes=()),
        replace(_EXEMPT_LINE, foreign=None),
        *wide.LINES[4:6],
    )
    adjustments = (replace(_LESS, exempt=False), _LESS)
    kind = TipoDte.BOLETA
    totals = amounts.totals(kind, lines, adjustments, gross=True, previous_balance=-300)
    whole = replace(_serving(boletas.boleta()), lines=lines, totals=totals, adjustments=adjustments)
    dear = boletas.of_lines(Line("Anillo", 6_000_000), receiver=boletas.CUSTOMER)
    return [whole, replace(dear, means=MedioPago.CASH)]


def _boletas_exentas() -> list[Document]:
    plain, lines = boletas.exenta(), (replace(_EXEMPT_LINE, foreign=None), *wide.LINES[4:6])
    totals = amounts.totals(plain.kind, lines, (_LESS,), gross=True, previous_balance=-300)
    whole = replace(_serving(plain), lines=lines, totals=totals, adjustments=(_LESS,))
    dear = (Line("Anillo", 6_000_000, exempt=IndExe.EXEMPT),)
    totals = amounts.totals(plain.kind, dear, gross=True)
    return [whole, replace(plain, lines=dear, totals=totals, means=MedioPago.CASH)]


def _serving(document: Document) -> Document:
    """A boleta for a continuing service, to a named buyer."""
    return replace(
        document,
        receiver=replace(boletas.CUSTOMER, contact="Señora Núñez"),
        issuer=wide.factura().issuer,
        service=IndServicio.PERIODIC_DOMICILIARY,
        period_from=date(2026, 2, 1),
        period_to=date(2026, 2, 28),
        due_on=date(2026, 4, 8),
        means=MedioPago.CARD,
        references=(Reference("801", "OC-1", label="OTRO", reason="Pedido"),),
    )


_MAKERS = {
    33: _facturas,
    34: _exentas,
    46: _compras,
    56: lambda: _notes(TipoDte.NOTA_DEBITO, CodRef.CORRECTS_AMOUNTS),
    61: lambda: _notes(TipoDte.NOTA_CREDITO, CodRef.ANNULS),
    39: _boletas,
    41: _boletas_exentas,
}
