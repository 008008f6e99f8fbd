"""Fields that a type of document must or may not have (PROTOCOL 5.4): objections."""

from collections.abc import Iterator

from .. import ruts
from ..reasons import Reason
from .context import Context
from .dte import Dte

_NOTES = {56, 61}
# Field, and the types of 33, 34, 46, 56, 61 that may carry it.
_ONLY_IN = {
    "Encabezado/IdDoc/IndNoRebaja": {61},
    "Encabezado/IdDoc/TipoDespacho": {33, 34, 46},
    "Encabezado/IdDoc/TpoTranCompra": {33, 34, 46},
    "Encabezado/IdDoc/TpoTranVenta": {33, 34, 46, 61},
    "Encabezado/RUTMandante": {33, 34, 56, 61},
    "Encabezado/Transporte/Patente": {33, 34, 46},
    "Encabezado/Transporte/PatenteCarro": {33, 34, 46},
    "Encabezado/Transporte/RUTTrans": {33, 34, 46},
    "Encabezado/Totales/MntBase": {33, 56, 61},
    "Encabezado/Totales/MntMargenCom": {33, 56, 61},
    "Encabezado/Totales/CredEC": {33, 56, 61},
    "Encabezado/Totales/GrntDep": {33, 34, 56, 61},
    "Encabezado/Totales/IVANoRet": {46, 56, 61},
    "Encabezado/Totales/Comisiones": {46, 56, 61},
}
_INVOICES = {33, 34, 46}
_JUDGED = _INVOICES | _NOTES
# Field, and the types that must carry it though the schema lets them go without.
_OBLIGATORY = {
    "Encabezado/Emisor/DirOrigen": _INVOICES,
    "Encabezado/Receptor/GiroRecep": _INVOICES,
}
_TRANSPORT_RUTS = ("Encabezado/Transporte/RUTTrans", "Encabezado/Transporte/Chofer/RUTChofer")


def fields(dte: Dte, _context: Context) -> Iterator[Reason]:
    """What the schema lets pass in every type alike."""
    if dte.type not in _JUDGED:
        return
    for path, types in _ONLY_IN.items():
        if dte.type not in types and dte.has(path):
            yield Reason("HED-2-912", path.rpartition("/")[2])
    for path, types in _OBLIGATORY.items():
        if dte.type in types and not dte.has(path):
            yield Reason("HED-2-910", path.rpartition("/")[2])
    for path in _TRANSPORT_RUTS:
        if dte.has(path) and not ruts.is_valid(dte.text(path)):
            yield Reason("HED-3-901", dte.text(path))


def instalments(dte: Dte, _context: Context) -> Iterator[Reason]:
    """Instalments are parts of what is to be paid."""
    promised = sum(int(part.text) for part in dte.all("Encabezado/IdDoc/MntPagos/MntPago"))
    due = dte.amount("VlrPagar") or dte.amount("MontoPeriodo") or dte.total
    if promised > due:
        yield Reason("HED-2-913", f"[{promised}] > [{due}]")
