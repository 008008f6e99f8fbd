"""The stamp: its signature by the CAF's key, and what it states of the document (PROTOCOL 6)."""

from collections.abc import Iterator

from ..reasons import Reason
from ..verify import stamp
from .context import Context
from .dte import Dte

_HEADER = {
    "RE": "Encabezado/Emisor/RUTEmisor",
    "TD": "Encabezado/IdDoc/TipoDTE",
    "F": "Encabezado/IdDoc/Folio",
    "FE": "Encabezado/IdDoc/FchEmis",
    "RR": "Encabezado/Receptor/RUTRecep",
}
_TEXTS = {"RSR": "Encabezado/Receptor/RznSocRecep", "IT1": "Detalle/NmbItem"}
_TEXT_LENGTH = 40


def ted(dte: Dte, _context: Context) -> Iterator[Reason]:
    """FRMT, the data repeated in the stamp, and its time."""
    key = stamp.public_key(
        dte.text("TED/DD/CAF/DA/RSAPK/M"),
        dte.text("TED/DD/CAF/DA/RSAPK/E"),
    )
    if not stamp.signs(key, dte.text("TED/FRMT"), stamp.flat(dte.fragment, "DD")):
        yield Reason("TED-2-510")
    for tag, path in _HEADER.items():
        if dte.text(f"TED/DD/{tag}") != dte.text(path):
            yield Reason("TED-3-901", tag)
    if dte.text("TED/DD/MNT") != dte.text("Encabezado/Totales/MntTotal"):
        yield Reason("TED-3-640")
    for tag, path in _TEXTS.items():
        if tag == "RSR" and not dte.has(path):
            continue  # a boleta may leave the name out, its stamp may not (PROTOCOL 6.1)
        if dte.text(f"TED/DD/{tag}") != dte.text(path)[:_TEXT_LENGTH].strip():
            yield Reason("TED-2-901", tag)
    if dte.stamped_at.date() < dte.caf_date or dte.issued_on < dte.caf_date:
        yield Reason("TED-1-646")
    if dte.signed_at < dte.stamped_at:
        yield Reason("DTE-3-902", f"{dte.signed_at.isoformat()} < {dte.stamped_at.isoformat()}")
