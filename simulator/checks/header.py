"""Header rules: parties, dates, activity, affected and exempt invoices (PROTOCOL 3.5, 5.4)."""

from collections.abc import Iterator
from datetime import timedelta

from .. import ruts
from ..reasons import Reason
from .context import Context
from .dte import Dte

_TERM = timedelta(days=3)
_INVOICE, _EXEMPT_INVOICE = 33, 34


def parties(dte: Dte, context: Context) -> Iterator[Reason]:
    if dte.issuer != context.company.rut:
        yield Reason("HED-3-902", dte.issuer)
    for rut in (dte.issuer, dte.receiver):
        if not ruts.is_valid(rut):
            yield Reason("HED-3-901", rut)
    registered = {str(code) for code in context.company.actecos}
    for acteco in dte.all("Encabezado/Emisor/Acteco"):
        stated = (acteco.text or "").strip().lstrip("0")
        if stated not in registered:
            yield Reason("HED-3-861", stated)
    needs_commune = dte.type in (_INVOICE, _EXEMPT_INVOICE)
    if needs_commune and not dte.text("Encabezado/Emisor/CmnaOrigen"):
        yield Reason("HED-3-903")


def dates(dte: Dte, context: Context) -> Iterator[Reason]:
    """Not before the company was authorised; sent within three days."""
    if dte.issued_on < context.company.resolution_date:
        yield Reason("HED-3-305")
    if context.received_at.date() - dte.issued_on > _TERM:
        yield Reason("DTE-1-650")


def invoice_kind(dte: Dte, _context: Context) -> Iterator[Reason]:
    """33 declares VAT on a positive net; 34 has exempt amounts and nothing else."""
    if dte.type == _INVOICE:
        if not dte.has("Encabezado/Totales/IVA"):
            yield Reason("HED-3-904")
        if dte.amount("MntNeto") <= 0:
            yield Reason("HED-2-902")
    if dte.type == _EXEMPT_INVOICE:
        if dte.amount("MntExe") <= 0:
            yield Reason("HED-3-905")
        if dte.amount("MntNeto") or dte.amount("IVA"):
            yield Reason("HED-3-906")
