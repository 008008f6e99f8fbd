"""IdDoc but its payment: dates, service, and what gross amounts forbid (PROTOCOL 5.3 to 5.5)."""

from ..codes import IndServicio
from ..document import Document
from ..errors import Problem
from .values import Problems, day


def check(document: Document) -> Problems:
    """Rules of the header."""
    yield from days(document)
    if document.service is IndServicio.EVENT_TICKET:
        yield Problem("service_not_for_kind", "service")
    if document.late and not document.traits.is_credit_note:
        yield Problem("late_unexpected", "late")
    yield from _transaction(document)
    if document.gross and (document.totals.taxes or any(_taxed(document))):
        yield Problem("gross_with_taxes", "gross")


def days(document: Document) -> Problems:
    """The day of issue and the period of a service."""
    for name in ("issued_on", "period_from", "period_to"):
        yield from day(getattr(document, name), name)
    first, last = document.period_from, document.period_to
    if first and last and last < first:
        yield Problem("period_reversed", "period_to")


def _transaction(document: Document) -> Problems:
    """Facturas state what it is to seller and buyer; notes repeat the sale's alone."""
    if document.sale and not document.traits.states_sale:
        yield Problem("transaction_not_for_kind", "sale")
    if document.purchase and not document.traits.states_purchase:
        yield Problem("transaction_not_for_kind", "purchase")


def _taxed(document: Document) -> list[int]:
    return [tax for line in document.lines for tax in line.additional_taxes]
