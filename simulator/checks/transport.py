"""What a document that accompanies goods must state (Res. Ex. 154/2025): objections."""

import re
from collections.abc import Iterator
from datetime import date

from ..reasons import Reason
from .context import Context
from .dte import Dte

_CARRYING = {33, 34, 46}
_AREA = "Encabezado/Transporte/"
_DISPATCH = "Encabezado/IdDoc/TipoDespacho"
# A document with one of these states that goods travel.
_STATED = ("Patente", "PatenteCarro", "RUTTrans", "Chofer", "FchSalida", "HraSalida", "FchLlegada")
# Each field, and what the document states of it when it is not known.
_OBLIGATORY = {
    "Patente": "patente del vehículo",
    "RUTTrans": "transportista",
    "Chofer/RUTChofer": "chofer",
    "DirDest": None,
    "CmnaDest": None,
    "FchSalida": "salida",
    "HraSalida": "salida",
}
_STATEMENT = re.compile(r"No se cuenta con la información de ([^.]*)\.")
_PLATE = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{5,8}")


def transport(dte: Dte, _context: Context) -> Iterator[Reason]:
    """Each field is there, or its absence is stated; plates and dates can be."""
    for name in ("Patente", "PatenteCarro"):
        plate = dte.text(f"{_AREA}{name}")
        if plate and not _PLATE.fullmatch(plate):
            yield Reason("HED-2-919", f"{name} [{plate}]")
    yield from _dates(dte)
    if dte.type not in _CARRYING:
        return
    stated = " ".join(
        text for line in dte.all("Detalle/DscItem") for text in _STATEMENT.findall(line.text or "")
    )
    if not (stated or dte.has(_DISPATCH) or any(dte.has(f"{_AREA}{name}") for name in _STATED)):
        return
    for name, words in _OBLIGATORY.items():
        if not dte.has(f"{_AREA}{name}") and not (words and words in stated):
            yield Reason("HED-2-910", name.rpartition("/")[2])


def _dates(dte: Dte) -> Iterator[Reason]:
    departure, arrival = (_day(dte, name) for name in ("FchSalida", "FchLlegada"))
    if departure is None:
        return
    if departure < dte.issued_on:
        yield Reason("HED-2-920", f"[{departure}] < [{dte.issued_on}]")
    if arrival is not None and arrival < departure:
        yield Reason("HED-2-921", f"[{arrival}] < [{departure}]")
    if arrival is None and departure > dte.issued_on:
        yield Reason("HED-2-910", "FchLlegada")


def _day(dte: Dte, name: str) -> date | None:
    text = dte.text(f"{_AREA}{name}")
    return date.fromisoformat(text) if text else None
