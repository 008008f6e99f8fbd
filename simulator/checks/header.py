"""Header rules: parties, dates, activity, affected and exempt invoices (PROTOCOL 3.5, 5.4)."""

from collections.abc import Iterator
from datetime import timedelta

from .. import ruts
from ..reasons import Reason
from ..verify.xmltext import text
from .context import Context
from .dte import Dte

_TERM = timedelta(days=3)
_INVOICE, _EXEMPT_INVOICE = 33, 34
_NOTES = {56, 61}
_WITH_PLACE = {_INVOICE, _EXEMPT_INVOICE, 46} | _NOTES
_BOLETAS = {"35", "38", "39", "41"}
_ANONYMOUS = "66666666-6"


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


def receiver_place(dte: Dte, _context: Context) -> Iterator[Reason]:
    """Where the receiver is, unless he bought by boleta and a note takes it back."""
    cited = {text(each, "TpoDocRef") for each in dte.all("Referencia") if text(each, "CodRef")}
    of_boletas = cited and cited <= _BOLETAS or dte.receiver == _ANONYMOUS
    if dte.type not in _WITH_PLACE or (dte.type in _NOTES and of_boletas):
        return
    if not dte.text("Encabezado/Receptor/DirRecep"):
        yield Reason("HED-3-845")
    if not dte.text("Encabezado/Receptor/CmnaRecep"):
        yield Reason("HED-3-846")


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
