"""What makes a boleta legal beyond what all documents share (PROTOCOL 4.4)."""

from decimal import Decimal

from .. import rut
from ..codes import IndExe, IndServicio
from ..document import Document, Line, Reference, limits
from ..errors import Problem
from .header import days
from .values import Problems, at_most, day, text

_MARKS = frozenset({IndExe.EXEMPT, IndExe.NOT_BILLABLE, IndExe.NOT_BILLABLE_NEGATIVE})
_PERIODIC = frozenset({IndServicio.PERIODIC_DOMICILIARY, IndServicio.PERIODIC_OTHER})


def check(document: Document) -> Problems:
    """Rules of header, lines and references. The SII's numbering of services is the writer's."""
    yield from _header(document)
    yield from _periodic(document)
    yield from _kind(document)
    for index, line in enumerate(document.lines):
        yield from _line(line, f"lines[{index}]")
    yield from at_most(limits.REFERENCES, document.references, "references")
    for index, reference in enumerate(document.references):
        yield from _reference(reference, f"references[{index}]")


def check_buyer(document: Document, limit: Decimal) -> Problems:
    """Who buys for more is named, and how he pays is stated; his mail and phone need not be (format
    4.2 of boletas). limit: pesos of the year of issue (``boleta_limit``)."""
    if document.totals.total <= limit:
        return
    receiver = document.receiver
    if is_anonymous(document):
        yield Problem("receiver_anonymous_above_limit", "receiver.rut", {"limit": int(limit)})
    yield from text(receiver.name, "receiver.name", missing="receiver_name_missing")
    if document.means is None:
        yield Problem("means_missing", "means")


def is_anonymous(document: Document) -> bool:
    """Whether the buyer gave no RUT."""
    return rut.is_anonymous(document.receiver.rut)


def _header(document: Document) -> Problems:
    yield from days(document)
    yield from day(document.due_on, "due_on")
    if document.due_on and document.due_on < document.issued_on:
        yield Problem("due_before_issue", "due_on")
    if document.service is None:
        yield Problem("service_missing", "service")
    if document.service is IndServicio.EVENT_TICKET:
        yield Problem("event_ticket_unsupported", "service")
    if document.software_rut and not rut.is_valid(document.software_rut):
        yield Problem("rut_invalid", "software_rut", {"rut": document.software_rut})
    for name in ("sale", "purchase"):
        if getattr(document, name):
            yield Problem("transaction_not_for_kind", name)
    if document.late:
        yield Problem("late_unexpected", "late")
    for index, tax in enumerate(document.totals.taxes):
        yield Problem("tax_not_for_kind", f"totals.taxes[{index}].code", {"tax": tax.code})


def _periodic(document: Document) -> Problems:
    """A continuing service has a buyer, a place and a period."""
    if document.service not in _PERIODIC:
        return
    receiver = document.receiver
    if is_anonymous(document):
        yield Problem("receiver_anonymous", "receiver.rut")
    yield from text(receiver.address, "receiver.address", missing="receiver_address_missing")
    yield from text(receiver.comuna, "receiver.comuna", missing="receiver_comuna_missing")
    needed = ["period_from", "period_to"]
    if document.service is IndServicio.PERIODIC_DOMICILIARY:
        needed.append("due_on")
    for name in needed:
        if getattr(document, name) is None:
            yield Problem(f"{name}_missing", name)


def _kind(document: Document) -> Problems:
    """A 39 sells something with VAT, and its lines include it."""
    if document.traits.exempt:
        return
    if not document.gross:
        yield Problem("boleta_not_gross", "gross")
    if not any(line.exempt is None for line in document.lines):
        yield Problem("boleta_not_affected", "lines")
    elif not document.totals.net:
        yield Problem("net_not_positive", "totals.net")


def _line(line: Line, where: str) -> Problems:
    if line.additional_taxes or line.withheld:
        name = "additional_taxes" if line.additional_taxes else "withheld"
        yield Problem("boleta_line_taxed", f"{where}.{name}")
    if line.exempt is not None and line.exempt not in _MARKS:
        yield Problem("boleta_mark_unexpected", f"{where}.exempt", {"mark": int(line.exempt)})


def _reference(reference: Reference, where: str) -> Problems:
    """Everything in it is optional, its code a free text."""
    yield from text(reference.document_type, f"{where}.document_type", limits.REFERENCE_TYPE)
    yield from text(reference.folio, f"{where}.folio", limits.REFERENCE_FOLIO)
    yield from text(reference.label, f"{where}.label", limits.REFERENCE_LABEL)
    yield from text(reference.reason, f"{where}.reason", limits.REFERENCE_REASON)
    if reference.code is not None:  # what notes do to a document; a boleta changes none
        yield Problem("reference_code_unexpected", f"{where}.code")
