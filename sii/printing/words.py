"""The words and rows of a printed document: always Spanish, as the law names them.

PROTOCOL 5.1, 5.7 and 6.3.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from .. import kinds, rut
from ..codes import TpoMov
from ..document import (
    Document,
    ForeignTotals,
    GlobalAdjustment,
    Issuer,
    Line,
    Receiver,
    Reference,
    Totals,
    Transport,
)
from ..document.goods import fold_plate, statement
from ..document.taxes import RETENTIONS
from ..document.vat import VAT_RATE
from .names import DISPATCHES, MEANS, PAYMENTS, REFERENCES, TAXES, TRANSFERS
from .sheet import Sheet


class Row(NamedTuple):
    """One line below the items: what, and how much: pesos, signed, or a percentage as text."""

    label: str
    amount: int | Decimal | str
    strong: bool = False


def document_name(code: int | str) -> str:
    """Name of a document type in the words of the law; a code that is none stays as it is."""
    value = int(code) if str(code).isdigit() else 0
    return kinds.of(value).name or REFERENCES.get(value, str(code))


def transfer_name(code: int) -> str:
    """Why a dispatch guide moves goods, in words; a code that is none stays as it is."""
    return TRANSFERS.get(code, str(code))


def number(value: Decimal) -> str:
    """A quantity or a percentage as Chileans write it: no idle zeros, comma, dots."""
    text = f"{value.normalize():,f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def money(amount: int | Decimal | str) -> str:
    """Pesos as ``$ 12.990``; what is text already, such as a percentage, as it is."""
    if isinstance(amount, str):
        return amount
    return f"$ {number(Decimal(amount))}"


def counted(line: Line) -> str:
    """How many of what: ``2,5 Kg``; empty for a line of text only."""
    return "" if line.quantity is None else f"{number(line.quantity)} {line.unit}".rstrip()


def change_percent(line: Line) -> str:
    """The percentage of a line's discount or surcharge, this one with its sign; else empty."""
    change = line.discount or line.surcharge
    if change is None or change.percent is None:
        return ""
    return f"{'+' if line.surcharge else ''}{number(change.percent)}"


def change_amount(line: Line) -> str:
    """What a line's discount or surcharge comes to, this one with its sign; else empty."""
    change = line.discount or line.surcharge
    return f"{'+ ' if line.surcharge else ''}{money(change.amount)}" if change else ""


def dotted(value: str) -> str:
    """A RUT as the law prints it, ``76.999.123-9``; what is none stays as it is."""
    if not rut.is_valid(value):
        return value
    body, _hyphen, digit = rut.canonical(value).partition("-")
    return f"{number(Decimal(body))}-{digit}"


def place(party: Issuer | Receiver | Transport) -> str:
    """Address, commune and city of somebody in one line."""
    parts = (party.address, party.comuna, party.city if party.city != party.comuna else "")
    return ", ".join(filter(None, parts))


def day(value: date) -> str:
    """``02-01-2026``."""
    return f"{value:%d-%m-%Y}"


def moment(value: datetime) -> str:
    """``02-01-2026 07:30``."""
    return f"{value:%d-%m-%Y %H:%M}"


def cited(reference: Reference) -> str:
    """A reference in one line: ``Ref.: Orden de Compra N° 7 del 02-01-2026``, and its reason."""
    parts = (
        f"Ref.: {document_name(reference.document_type)}" if reference.document_type else "Ref.:",
        "" if reference.is_global or not reference.folio else f"N° {reference.folio}",
        f"del {day(reference.issued_on)}" if reference.issued_on else "",
        reference.reason,
    )
    return " ".join(filter(None, parts))


def figure_rows(kind: int, adjustments: tuple[GlobalAdjustment, ...], totals: Totals) -> list[Row]:
    """Everything below the items, in the order in which it is added up."""
    return [*adjustment_rows(adjustments), *total_rows(kind, totals)]


def adjustment_rows(adjustments: tuple[GlobalAdjustment, ...]) -> Iterator[Row]:
    """Global discounts and surcharges, in amounts where they have one."""
    for each in adjustments:
        discount = each.movement == TpoMov.DISCOUNT
        label = "Descuento global" if discount else "Recargo global"
        label += " exento" if each.exempt else ""
        label += f": {each.reason}" if each.reason else ""
        sign = -1 if discount else 1
        if each.amount is not None:
            yield Row(label, sign * each.amount)
        elif each.percent is None:  # some documents of others state neither
            yield Row(label, "")
        else:
            yield Row(label, f"{'-' if discount else ''}{number(each.percent)} %")


def total_rows(kind: int, totals: Totals) -> Iterator[Row]:
    """Net, exempt, VAT, other taxes, total; a purchase invoice shows what is withheld."""
    if totals.net is not None:
        yield Row("Monto neto", totals.net)
    if totals.exempt is not None:
        yield Row("Monto exento", totals.exempt)
    if totals.slaughter_base:
        yield Row("Monto base faenamiento carne", totals.slaughter_base)
    if totals.vat is not None:
        rate = number(totals.vat_rate) if totals.vat_rate is not None else number(VAT_RATE)
        yield Row(f"IVA ({rate}%)", totals.vat)
    if kinds.of(kind).is_purchase or not RETENTIONS.isdisjoint(tax.code for tax in totals.taxes):
        parts = (totals.net, totals.exempt, totals.vat)
        yield Row("Subtotal", sum(part or 0 for part in parts))
    yield from _tax_rows(totals)
    if totals.vat_not_withheld:
        yield Row("IVA no retenido", totals.vat_not_withheld)
    if totals.construction_credit:
        yield Row("Crédito especial empresas constructoras", -totals.construction_credit)
    if totals.deposits:
        yield Row("Garantía por envases", totals.deposits)
    yield Row("Total", totals.total, strong=True)
    if totals.not_billable:
        yield Row("Monto no facturable", totals.not_billable)
    if totals.previous_balance is not None:
        yield Row("Saldo anterior", totals.previous_balance)
    if totals.payable is not None:
        yield Row("Valor a pagar", totals.payable, strong=True)


def _tax_rows(totals: Totals) -> Iterator[Row]:
    for tax in totals.taxes:
        name = TAXES.get(tax.code, f"Impuesto {tax.code}")
        withheld = tax.code in RETENTIONS
        label = f"Menos {name}" if withheld else name
        label += f" ({number(tax.rate)}%)" if tax.rate is not None else ""
        yield Row(label, -tax.amount if withheld else tax.amount)


def foreign_rows(foreign: ForeignTotals | None) -> Iterator[Row]:
    """The totals once more in the document's other currency."""
    if foreign is None:
        return
    named = (("Neto", foreign.net), ("Exento", foreign.exempt), ("IVA", foreign.vat))
    for name, value in named:
        if value is not None:
            yield Row(f"{name} {foreign.currency}", number(value))
    for tax in foreign.taxes:
        name, withheld = TAXES.get(tax.code, f"Impuesto {tax.code}"), tax.code in RETENTIONS
        label = f"Menos {name}" if withheld else name
        yield Row(f"{label} {foreign.currency}", number(-tax.amount if withheld else tax.amount))
    yield Row(f"Total {foreign.currency}", number(foreign.total))
    yield Row("Tipo de cambio", number(foreign.rate))


def foreign_sums(foreign: ForeignTotals | None) -> Iterator[tuple[str, Decimal]]:
    """Of the same totals those that ``total_rows`` names alike: its label, and the figure."""
    if foreign is None:
        return
    vat = f"IVA ({number(VAT_RATE)}%)"
    named = (("Monto neto", foreign.net), ("Monto exento", foreign.exempt), (vat, foreign.vat))
    for label, value in (*named, ("Total", foreign.total)):
        if value is not None:
            yield label, value


def header_rows(document: Document | Sheet) -> Iterator[tuple[str, str]]:
    """Label and text of how it is paid, served and carried; nothing where nothing is stated."""
    if document.late:
        yield "IVA", "No rebaja débito fiscal"
    if document.payment:
        yield "Forma de pago", PAYMENTS.get(int(document.payment), str(document.payment))
    if document.means:
        yield "Medio de pago", MEANS.get(str(document.means), str(document.means))
    if document.due_on:
        yield "Vencimiento", day(document.due_on)
    if document.terms:
        yield "Condiciones de pago", document.terms
    if document.instalments:
        parts = (f"{day(each.due_on)} {money(each.amount)}" for each in document.instalments)
        yield "Pagos programados", "; ".join(parts)
    if document.period_from or document.period_to:
        ends = (day(each) for each in (document.period_from, document.period_to) if each)
        yield "Período del servicio", " al ".join(ends)
    if document.issuer.branch:
        yield "Sucursal", document.issuer.branch
    if document.issuer.seller:
        yield "Vendedor", document.issuer.seller
    if document.receiver.contact:
        yield "Contacto", document.receiver.contact
    yield from transport_rows(document)


def transport_rows(document: Document | Sheet) -> Iterator[tuple[str, str]]:
    """Label and text of what the goods travel with; nothing where none do."""
    if document.transport:
        yield from _transport_rows(document.transport, document.issuer)


def _transport_rows(transport: Transport, issuer: Issuer) -> Iterator[tuple[str, str]]:
    if transport.dispatch:
        yield "Despacho", DISPATCHES[int(transport.dispatch)]
    carrier = [
        transport.plate and f"Patente {fold_plate(transport.plate)}",
        transport.trailer_plate and f"Carro {fold_plate(transport.trailer_plate)}",
        transport.carrier_rut and f"Transportista {dotted(transport.carrier_rut)}",
        transport.driver_name and f"Chofer {transport.driver_name}",
        dotted(transport.driver_rut),
    ]
    if any(carrier):
        yield "Transporte", ", ".join(filter(None, carrier))
    if transport.accompanies:
        address = transport.origin_address or issuer.address
        commune = transport.origin_comuna if transport.origin_address else issuer.comuna
        yield "Origen", ", ".join(filter(None, (address, commune)))
    if there := place(transport):
        yield "Destino", there
    if transport.departs_at:
        yield "Salida", moment(transport.departs_at)
    if transport.arrives_on:
        yield "Llegada estimada", day(transport.arrives_on)
    if transport.not_known:
        yield "Declaración", statement(transport.not_known)
