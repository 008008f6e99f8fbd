"""What a printed document shows (PROTOCOL 6.3), read from the XML of any DTE, ours or received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from . import ted
from .document import (
    ForeignTotals,
    GlobalAdjustment,
    Issuer,
    Line,
    Receiver,
    Reference,
    Totals,
    Transport,
)
from .errors import UnsafeXml
from .text import encode
from .xml import reader
from .xml.dte_reader import DteReader

_BODIES = frozenset({"Documento", "Liquidacion", "Exportaciones"})
_HEADER = "Encabezado"
_DETAILS: Mapping[str, str] = {
    "FmaPago": "payment",
    "FchVenc": "due_on",
    "TermPagoGlosa": "terms",
    "PeriodoDesde": "period_from",
    "PeriodoHasta": "period_to",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """kind: SII code. gross: line amounts include VAT. details: further texts of IdDoc by name
    (payment, due_on, terms, period_from, period_to), as written, where there are any. stamp: what
    the bar code carries, to the byte."""

    kind: int
    folio: int
    issued_on: date
    issuer: Issuer
    receiver: Receiver
    lines: tuple[Line, ...]
    adjustments: tuple[GlobalAdjustment, ...]
    references: tuple[Reference, ...]
    totals: Totals
    gross: bool
    details: Mapping[str, str]
    transport: Transport | None
    foreign: ForeignTotals | None
    stamp: bytes


def read(xml: bytes) -> Sheet:
    """The sheet of one DTE alone; ``reader.fragments`` cuts them out of envelopes.

    Raises UnsafeXml, ``dte_incomplete`` with the path of what is missing, and SignatureProblem
    ``ted_missing``. It judges nothing: whether the document is genuine is told by ``received``.
    """
    root = reader.parse(xml)
    body = root[0] if len(root) else None
    if body is None or not isinstance(body.tag, str) or reader.local_name(body) not in _BODIES:
        raise UnsafeXml("dte_incomplete", path="Documento")
    content = DteReader(body)
    details = {
        name: found
        for tag, name in _DETAILS.items()
        if (found := content.text(f"{_HEADER}/IdDoc/{tag}"))
    }
    return Sheet(
        kind=content.integer(f"{_HEADER}/IdDoc/TipoDTE"),
        folio=content.integer(f"{_HEADER}/IdDoc/Folio"),
        issued_on=content.day(f"{_HEADER}/IdDoc/FchEmis"),
        issuer=_issuer(content),
        receiver=_receiver(content),
        lines=content.lines(),
        adjustments=content.adjustments(),
        references=content.references(),
        totals=content.totals(),
        gross=content.is_gross(),
        details=details,
        transport=_transport(content),
        foreign=_foreign(content),
        stamp=encode(ted.cut(xml.decode(reader.encoding_of(xml)))),
    )


def _issuer(content: DteReader) -> Issuer:
    def text(*tags: str) -> str:
        return next(filter(None, (content.text(f"{_HEADER}/Emisor/{tag}") for tag in tags)), "")

    return Issuer(
        rut=content.required(f"{_HEADER}/Emisor/RUTEmisor"),
        name=content.issuer_name(),
        giro=text("GiroEmis", "GiroEmisor"),
        actecos=(),
        address=text("DirOrigen"),
        comuna=text("CmnaOrigen"),
        city=text("CiudadOrigen"),
        phone=text("Telefono"),
        email=text("CorreoEmisor"),
        branch=text("Sucursal"),
        seller=text("CdgVendedor"),
    )


def _receiver(content: DteReader) -> Receiver:
    def text(tag: str) -> str:
        return content.text(f"{_HEADER}/Receptor/{tag}")

    return Receiver(
        rut=content.required(f"{_HEADER}/Receptor/RUTRecep"),
        name=text("RznSocRecep"),
        giro=text("GiroRecep"),
        address=text("DirRecep"),
        comuna=text("CmnaRecep"),
        city=text("CiudadRecep"),
        contact=text("Contacto"),
        email=text("CorreoRecep"),
        phone=text("TelefonoRecep"),
        internal_code=text("CdgIntRecep"),
    )


def _transport(content: DteReader) -> Transport | None:
    def text(tag: str) -> str:
        return content.text(f"{_HEADER}/Transporte/{tag}")

    found = Transport(
        plate=text("Patente"),
        carrier_rut=text("RUTTrans"),
        driver_rut=text("Chofer/RUTChofer"),
        driver_name=text("Chofer/NombreChofer"),
        address=text("DirDest"),
        comuna=text("CmnaDest"),
        city=text("CiudadDest"),
    )
    return None if found == Transport() else found


def _foreign(content: DteReader) -> ForeignTotals | None:
    path = f"{_HEADER}/OtraMoneda"
    rate, total = content.number(f"{path}/TpoCambio"), content.number(f"{path}/MntTotOtrMnda")
    if rate is None or total is None:
        return None
    return ForeignTotals(
        currency=content.text(f"{path}/TpoMoneda"),
        rate=rate,
        total=total,
        net=content.number(f"{path}/MntNetoOtrMnda"),
        exempt=content.number(f"{path}/MntExeOtrMnda"),
        vat=content.number(f"{path}/IVAOtrMnda"),
    )
