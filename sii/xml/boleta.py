"""The Documento of boletas, 39 and 41 (PROTOCOL 4.4).

What the format has no place for (form and terms of payment, transport, second currency, activity
codes, dates of references) is left out.
"""

from dataclasses import replace
from datetime import datetime

from ..clock import timestamp
from ..codes import IndServicio, MedioPago
from ..document import Document, Issuer, Line, Receiver, Reference, Totals, limits
from ..rut import canonical
from . import factura_lines as lines
from .factura import document_id
from .writer import DECLARATION, DTE_TAG, group, leaf

# Boletas number the periodic services the other way round.
_SERVICES = {
    IndServicio.PERIODIC_OTHER: 1,
    IndServicio.PERIODIC_DOMICILIARY: 2,
    IndServicio.SERVICES: 3,
}
_MEANS = {
    MedioPago.CASH: 1,
    MedioPago.CARD: 2,
    MedioPago.TRANSFER: 3,
    MedioPago.CHEQUE: 4,
    MedioPago.DEFERRED_CHEQUE: 4,
    MedioPago.BILL_OF_EXCHANGE: 5,
    MedioPago.OTHER: 5,
}


def build(document: Document, folio: int, ted: str, signed_at: datetime) -> str:
    """The text of the unsigned DTE file, one element a line; empty optional elements left out.

    The document has passed ``rules.check``. ted: flat stamp. signed_at: aware.
    """
    body = group(
        "Documento",
        group(
            "Encabezado",
            _id_doc(document, folio),
            _issuer(document.issuer),
            _receiver(document.receiver),
            leaf("RUTProvSW", canonical(document.software_rut or document.issuer.rut)),
            _totals(document.totals),
        ),
        *(_detail(number, each) for number, each in enumerate(document.lines, 1)),
        *(lines.adjustment(number, each) for number, each in enumerate(document.adjustments, 1)),
        *(_reference(number, each) for number, each in enumerate(document.references, 1)),
        f"{ted}\n",
        leaf("TmstFirma", timestamp(signed_at)),
        attributes=f' ID="{document_id(document, folio)}"',
    )
    return f"{DECLARATION}{DTE_TAG}\n{body}</DTE>"


def _id_doc(document: Document, folio: int) -> str:
    return group(
        "IdDoc",
        leaf("TipoDTE", document.kind),
        leaf("Folio", folio),
        leaf("FchEmis", document.issued_on),
        leaf("IndServicio", _SERVICES[document.service]),
        leaf("PeriodoDesde", document.period_from),
        leaf("PeriodoHasta", document.period_to),
        leaf("FchVenc", document.due_on),
        leaf("MedioPago", _MEANS[document.means] if document.means else None),
    )


def _issuer(party: Issuer) -> str:
    return group(
        "Emisor",
        leaf("RUTEmisor", canonical(party.rut)),
        leaf("RznSocEmisor", party.name, limits.NAME),
        leaf("GiroEmisor", party.giro, limits.ISSUER_GIRO),
        leaf("CdgSIISucur", party.sii_branch_code),
        leaf("DirOrigen", party.address, limits.ADDRESS),
        leaf("CmnaOrigen", party.comuna, limits.COMUNA),
        leaf("CiudadOrigen", party.city, limits.CITY),
    )


def _receiver(party: Receiver) -> str:
    return group(
        "Receptor",
        leaf("RUTRecep", canonical(party.rut)),
        leaf("CdgIntRecep", party.internal_code, limits.INTERNAL_CODE),
        leaf("RznSocRecep", party.name, limits.NAME),
        leaf("Contacto", party.contact, limits.CONTACT),
        leaf("CorreoRecep", party.email, limits.EMAIL),
        leaf("TelefonoRecep", party.phone, limits.PHONE),
        leaf("DirRecep", party.address, limits.ADDRESS),
        leaf("CmnaRecep", party.comuna, limits.COMUNA),
        leaf("CiudadRecep", party.city, limits.CITY),
    )


def _totals(values: Totals) -> str:
    """TotalPeriodo is written where something adds to the total, as it follows from it."""
    unbilled = values.not_billable is not None
    period = values.total + (values.not_billable or 0)
    return group(
        "Totales",
        leaf("MntNeto", values.net),
        leaf("MntExe", values.exempt),
        leaf("IVA", values.vat),
        leaf("MntTotal", values.total),
        leaf("MontoNF", values.not_billable),
        leaf("TotalPeriodo", period if unbilled or values.payable is not None else None),
        leaf("SaldoAnterior", values.previous_balance),
        leaf("VlrPagar", values.payable),
    )


def _detail(number: int, line: Line) -> str:
    return lines.detail(number, replace(line, foreign=None))


def _reference(number: int, values: Reference) -> str:
    return group(
        "Referencia",
        leaf("NroLinRef", number),
        leaf("TpoDocRef", values.document_type),
        leaf("FolioRef", values.folio),
        leaf("CodRef", values.label, limits.REFERENCE_LABEL),
        leaf("RazonRef", values.reason, limits.REFERENCE_REASON),
    )
