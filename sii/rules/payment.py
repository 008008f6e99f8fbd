"""When and how a document is paid: FchVenc, TermPagoGlosa and MntPagos (PROTOCOL 5.3)."""

from ..document import Document, limits
from ..errors import Problem
from .values import Problems, at_most, day, pesos, text


def check(document: Document) -> Problems:
    """Rules of due date, terms and instalments."""
    yield from day(document.due_on, "due_on")
    if document.due_on and document.due_on < document.issued_on:
        yield Problem("due_before_issue", "due_on")
    yield from text(document.terms, "terms", limits.TERMS)
    yield from at_most(limits.INSTALMENTS, document.instalments, "instalments")
    for index, instalment in enumerate(document.instalments):
        where = f"instalments[{index}]"
        yield from day(instalment.due_on, f"{where}.due_on")
        yield from pesos(instalment.amount, f"{where}.amount", least=1)
        yield from text(instalment.note, f"{where}.note", limits.INSTALMENT_NOTE)
        if instalment.due_on < document.issued_on:
            yield Problem("due_before_issue", f"{where}.due_on")
    yield from _sum(document)


def _sum(document: Document) -> Problems:
    """Together they pay what is due: VlrPagar, or the total and what is not billed."""
    totals = document.totals
    due = totals.total + (totals.not_billable or 0) if totals.payable is None else totals.payable
    planned = sum(instalment.amount for instalment in document.instalments)
    if document.instalments and planned != due:
        yield Problem("instalments_wrong", "instalments", {"expected": due, "amount": planned})
