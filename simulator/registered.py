"""The registers of purchases and sales, as accepted documents and the answers about them make them.

A list that somebody put (``load_register``) takes the place of what would stand in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from .checks.dte import Dte
from .office import Office
from .services.claims.table import TYPES as CLAIMABLE
from .state.clock import local
from .state.register import Registered

_BOLETAS = (39, 41)
_PURCHASE_INVOICE = 46
_NOTES = (56, 61, 111, 112)
_NOT_OF_THE_REGISTER = (50, 52)
_REFUSING = frozenset({"RCD", "RFP", "RFT"})
_AMOUNTS = {
    "detMntExe": "MntExe",
    "detMntNeto": "MntNeto",
    "detMntIVA": "IVA",
    "detMntTotal": "MntTotal",
}
_PARTIES = ("issuer", "receiver")
_SUMMED = {f"rsmn{name.removeprefix('det')}": name for name in _AMOUNTS}


def registered(dte: Dte, received_at: float) -> Registered | None:
    """What the registers keep of an accepted document; None of what never stands in them."""
    if dte.type in _NOT_OF_THE_REGISTER:
        return None
    row: dict[str, Any] = {
        "detTipoDoc": dte.type,
        "detNroDoc": dte.folio,
        "detFchDoc": f"{dte.issued_on:%d/%m/%Y}",
        "detFecRecepcion": f"{local(received_at):%d/%m/%Y %H:%M:%S}",
        "descTipoTransaccion": "Del Giro",
        **{name: dte.amount(tag) for name, tag in _AMOUNTS.items()},
        "issuer": dte.text("Encabezado/Emisor/RznSoc"),
        "receiver": dte.text("Encabezado/Receptor/RznSocRecep"),
    }
    code = dte.text("Referencia/TpoDocRef")
    if dte.type in _NOTES and code.isdecimal():
        row |= {"detTipoDocRef": code, "detFolioDocRef": dte.text("Referencia/FolioRef")}
    period = f"{dte.issued_on:%Y-%m}"
    return Registered(dte.issuer, dte.receiver, dte.type, dte.folio, period, received_at, row)


def rows(office: Office, rut: str, period: str, name: str) -> list[dict[str, Any]]:
    """What a list of a company's month holds."""
    if office.register.is_loaded(rut, period, name):
        return office.register.rows(rut, period, name)
    return [*_lines(office, rut, period, name)]


def _lines(office: Office, rut: str, period: str, name: str) -> Iterator[dict[str, Any]]:
    boletas: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for document in office.register.documents(rut, period):
        for book, other in _sides(document, rut):
            if f"{book}/{_status(office, document, book)}" != name:
                continue
            if document.type in _BOLETAS:
                boletas[document.type].append(document.row)
            else:
                yield _line(office, document, other)
    for type_, of_type in sorted(boletas.items()):
        sums = {key: sum(row[each] for row in of_type) for key, each in _SUMMED.items()}
        yield {"rsmnTipoDocInteger": type_, "rsmnTotDoc": len(of_type), **sums}


def _sides(document: Registered, rut: str) -> Iterator[tuple[str, str]]:
    """In which books of a company it stands, and which side the other one is."""
    if document.issuer == rut:
        purchase = document.type == _PURCHASE_INVOICE
        yield ("COMPRA" if purchase else "VENTA"), "receiver"
    if document.receiver == rut and document.type not in (*_BOLETAS, _PURCHASE_INVOICE):
        yield "COMPRA", "issuer"


def _answers(office: Office, document: Registered) -> set[str]:
    claims = office.claims.of(document.issuer, document.type, document.folio)
    return {claim["code"] for claim in claims}


def _status(office: Office, document: Registered, book: str) -> str:
    if book == "VENTA" or document.type not in CLAIMABLE:
        return "REGISTRO"
    answers = _answers(office, document)
    if answers & _REFUSING:
        return "RECLAMADO"
    return "REGISTRO" if answers or office.claims.is_late(document.received_at) else "PENDIENTE"


def _line(office: Office, document: Registered, other: str) -> dict[str, Any]:
    number, _dash, digit = getattr(document, other).partition("-")
    row = {name: value for name, value in document.row.items() if name not in _PARTIES}
    answers = _answers(office, document)
    if answers & _REFUSING:
        row["detEventoReceptor"] = "R"
    elif answers:
        row["detEventoReceptor"] = "C"
    elif document.type in CLAIMABLE and office.claims.is_late(document.received_at):
        row["detEventoReceptor"] = "P"
    return {**row, "detRutDoc": number, "detDvDoc": digit, "detRznSoc": document.row[other]}
