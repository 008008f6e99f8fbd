"""What a printed document shows (PROTOCOL 6.3), read from the XML of any DTE, ours or received."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from ..codes import TipoDespacho
from ..document import (
    ForeignTax,
    ForeignTotals,
    GlobalAdjustment,
    Instalment,
    Issuer,
    Line,
    Receiver,
    Reference,
    Totals,
    Transport,
)
from ..document.goods import read_statement
from ..dte import ted
from ..errors import SignatureProblem
from ..received.document import LAST_FOLIO, MOST_KINDS, body_of
from ..text import encode
from ..xml import reader
from ..xml.dte_reader import DteReader

_HEADER = "Encabezado"
# Boletas number what other documents name (PROTOCOL 4.4).
_BOLETA_MEANS = {"1": "EF", "2": "TC", "3": "PE", "4": "CH", "5": "OT"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """In the words of ``Document``, but for kind: the SII's code, whether we issue it or not.

    sale and purchase: TpoTranVenta and TpoTranCompra. means: MedioPago in the letters of a
    factura, whichever document it is of; what is no code of the SII's, as written. transfer:
    IndTraslado of a dispatch guide. late: a credit note that lowers no VAT. stamp: what the bar
    code carries, to the byte.
    """

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
    sale: int | None
    purchase: int | None
    payment: int | None
    means: str
    due_on: date | None
    terms: str
    period_from: date | None
    period_to: date | None
    instalments: tuple[Instalment, ...]
    transport: Transport | None
    foreign: ForeignTotals | None
    transfer: int | None
    late: bool
    stamp: bytes


def read(xml: bytes) -> Sheet:
    """The sheet of one DTE alone; ``reader.fragments`` cuts them out of envelopes.

    Raises UnsafeXml, ``dte_incomplete`` with the path of what is missing, and SignatureProblem:
    ``ted_missing``, ``ted_twice``, and ``ted_too_long`` for what no bar code holds. It judges
    nothing: whether the document is genuine is found by ``received``.
    """
    content = DteReader(body_of(reader.parse(xml)))
    lines, not_known = _lines(content)
    return Sheet(
        kind=content.natural(f"{_HEADER}/IdDoc/TipoDTE", MOST_KINDS),
        folio=content.natural(f"{_HEADER}/IdDoc/Folio", LAST_FOLIO),
        issued_on=content.day(f"{_HEADER}/IdDoc/FchEmis"),
        issuer=_issuer(content),
        receiver=_receiver(content),
        lines=lines,
        adjustments=content.adjustments(),
        references=content.references(),
        totals=content.totals(),
        gross=content.is_gross(),
        sale=_optional(content.integer, content, f"{_HEADER}/IdDoc/TpoTranVenta"),
        purchase=_optional(content.integer, content, f"{_HEADER}/IdDoc/TpoTranCompra"),
        payment=_optional(content.integer, content, f"{_HEADER}/IdDoc/FmaPago"),
        means=_means(content),
        due_on=_optional(content.day, content, f"{_HEADER}/IdDoc/FchVenc"),
        terms=content.text(f"{_HEADER}/IdDoc/TermPagoGlosa"),
        period_from=_optional(content.day, content, f"{_HEADER}/IdDoc/PeriodoDesde"),
        period_to=_optional(content.day, content, f"{_HEADER}/IdDoc/PeriodoHasta"),
        instalments=tuple(
            Instalment(each.day("FchPago"), each.integer("MntPago"), each.text("GlosaPagos"))
            for each in content.each(f"{_HEADER}/IdDoc/MntPagos")
        ),
        transport=_transport(content, not_known),
        foreign=_foreign(content),
        transfer=_optional(content.integer, content, f"{_HEADER}/IdDoc/IndTraslado"),
        late=content.text(f"{_HEADER}/IdDoc/IndNoRebaja") == "1",
        stamp=_stamp(xml),
    )


def _stamp(xml: bytes) -> bytes:
    try:
        stamp = encode(ted.cut(reader.decode(xml)))
    except UnicodeEncodeError as error:
        raise SignatureProblem("ted_malformed") from error
    if len(stamp) > ted.BAR_CODE_LIMIT:
        raise SignatureProblem("ted_too_long", length=len(stamp), limit=ted.BAR_CODE_LIMIT)
    return stamp


def resolution(data: bytes) -> tuple[int, int] | None:
    """Number and year of the issuer's resolution, as the cover of an envelope states; a DTE alone
    does not. Raises UnsafeXml."""
    root = reader.parse(data)
    cover = reader.find(root, "SetDTE/Caratula")
    if cover is None:
        return None
    content = DteReader(cover)
    return content.integer("NroResol"), content.day("FchResol").year


def _optional(read_as: Callable[[str], T], content: DteReader, path: str) -> T | None:
    return read_as(path) if content.text(path) else None


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


def _lines(content: DteReader) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines, and what the first one states as not known of the transport."""
    lines = content.lines()
    if not lines:
        return lines, ()
    description, not_known = read_statement(lines[0].description)
    return (replace(lines[0], description=description), *lines[1:]), not_known


def _transport(content: DteReader, not_known: tuple[str, ...]) -> Transport | None:
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
        dispatch=_dispatch(content),
        trailer_plate=text("PatenteCarro"),
        departs_at=_departure(content),
        arrives_on=_optional(content.day, content, f"{_HEADER}/Transporte/FchLlegada"),
        not_known=not_known,
    )
    return None if found == Transport() else found


def _departure(content: DteReader) -> datetime | None:
    """Day and hour; the hour is midnight where none, or none that can be, is stated."""
    day = _optional(content.day, content, f"{_HEADER}/Transporte/FchSalida")
    if day is None:
        return None
    try:
        hour = time.fromisoformat(content.text(f"{_HEADER}/Transporte/HraSalida"))
    except ValueError:
        hour = time()
    return datetime.combine(day, hour.replace(tzinfo=None))


def _dispatch(content: DteReader) -> TipoDespacho | None:
    """What others write there without being one of the SII's codes is not printed."""
    code = content.text(f"{_HEADER}/IdDoc/TipoDespacho")
    return next((each for each in TipoDespacho if str(each.value) == code), None)


def _means(content: DteReader) -> str:
    code = content.text(f"{_HEADER}/IdDoc/MedioPago")
    return _BOLETA_MEANS.get(code, code)


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
        taxes=tuple(
            ForeignTax(
                each.integer("TipoImpOtrMnda"),
                each.number("VlrImpOtrMnda") or Decimal(0),
                each.number("TasaImpOtrMnda"),
            )
            for each in content.each(f"{path}/ImpRetOtrMnda")
        ),
    )
