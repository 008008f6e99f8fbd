"""What makes a boleta, and its gross arithmetic (PROTOCOL 4.4)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .. import ruts
from ..reasons import Reason
from ..verify.xmltext import find, text
from .context import Context
from .dte import Dte
from .lines import half_up, line_amounts, sums
from .not_billed import not_billed

BOLETAS = {39, 41}
ANONYMOUS = "66666666-6"
_EXEMPT = 41
_RATE = Decimal(19)
_PERIODIC, _DOMICILIARY, _EVENT = "1", "2", "4"
_TICKET = "1"
_FORMAT_4_2 = date(2025, 9, 8)


def boleta_kind(dte: Dte, _context: Context) -> Iterator[Reason]:
    """39 declares net and VAT; 41 has exempt amounts and nothing else."""
    if dte.type == _EXEMPT:
        if dte.amount("MntExe") <= 0:
            yield Reason("HED-3-905")
        if dte.has("Encabezado/Totales/MntNeto") or dte.has("Encabezado/Totales/IVA"):
            yield Reason("HED-3-906")
    elif not dte.has("Encabezado/Totales/IVA"):
        yield Reason("HED-2-904")
    elif dte.amount("MntNeto") <= 0:
        yield Reason("HED-2-223")


def boleta_header(dte: Dte, context: Context) -> Iterator[Reason]:
    """Periodic services name the customer and the period; large sales name who pays and how."""
    service = dte.text("Encabezado/IdDoc/IndServicio")
    needed = []
    if service in (_PERIODIC, _DOMICILIARY):
        needed = ["IdDoc/PeriodoDesde", "IdDoc/PeriodoHasta", "Receptor/DirRecep"]
        needed += ["Receptor/CmnaRecep"]
        if dte.receiver == ANONYMOUS:
            yield Reason("HED-2-910", "RUTRecep")
    if service == _DOMICILIARY:
        needed.append("IdDoc/FchVenc")
    if dte.total > context.boleta_limit(dte.issued_on.year):
        needed += ["IdDoc/MedioPago", "Receptor/RznSocRecep"]
        if dte.receiver == ANONYMOUS:
            yield Reason("HED-2-911", "RUTRecep")
    for path in needed:
        if not dte.text(f"Encabezado/{path}"):
            yield Reason("HED-2-910", path.rpartition("/")[2])


def boleta_software(dte: Dte, _context: Context) -> Iterator[Reason]:
    """Since format 4.2 a boleta states who provides the software that made it."""
    rut = dte.text("Encabezado/RUTProvSW")
    if rut and not ruts.is_valid(rut):
        yield Reason("HED-3-901", "RUTProvSW")
    elif not rut and dte.issued_on >= _FORMAT_4_2:
        yield Reason("HED-2-910", "RUTProvSW")


def boleta_event(dte: Dte, _context: Context) -> Iterator[Reason]:
    """For events of others each line is a ticket or a service, and states whose and of what."""
    if dte.text("Encabezado/IdDoc/IndServicio") != _EVENT:
        return
    for number, line in enumerate(dte.all("Detalle"), 1):
        item = text(line, "ItemEspectaculo")
        needed = {"ItemEspectaculo": item}
        if item.lstrip("0") == _TICKET:
            needed["RUTMandante"] = text(line, "RUTMandante")
            needed["InfoTicket"] = find(line, "InfoTicket")
        for tag, value in needed.items():
            if value is None or value == "":
                yield Reason("HED-2-910", f"L[{number}] {tag}")


def boleta_references(dte: Dte, _context: Context) -> Iterator[Reason]:
    """The line that names a test case has a CodRef and nothing that names a document (11)."""
    for reference in dte.all("Referencia"):
        if text(reference, "CodRef") == "SET" and (
            text(reference, "TpoDocRef") or text(reference, "FolioRef")
        ):
            yield Reason("HED-3-211", "TpoDocRef / FolioRef")


def boleta_amounts(dte: Dte, _context: Context) -> Iterator[Reason]:
    """VAT is what is left of the gross amount once the rounded net is taken out of it."""
    yield from line_amounts(dte)
    found = sums(dte)
    net, vat = dte.amount("MntNeto"), dte.amount("IVA")
    if dte.text("Encabezado/IdDoc/IndMntNeto"):
        expected_net = found.affected
        expected_vat = half_up(found.affected * _RATE / 100)
    else:
        expected_net = half_up(found.affected / (1 + _RATE / 100))
        expected_vat = found.affected - expected_net
    if net != expected_net:
        yield Reason("HED-2-901", f"[{net}] <> [{expected_net}]")
    if vat != expected_vat:
        yield Reason("HED-2-903", f"[{vat}] <> [{expected_vat}]")
    if dte.amount("MntExe") != found.exempt:
        yield Reason("HED-2-220", f"[{dte.amount('MntExe')}] <> [{found.exempt}]")
    expected = net + vat + dte.amount("MntExe")
    if dte.total != expected:
        yield Reason("HED-2-260", f"[{dte.total}] <> [{expected}]")
    yield from not_billed(dte, "TotalPeriodo")
