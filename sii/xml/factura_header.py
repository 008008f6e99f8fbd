"""Encabezado but its totals: IdDoc, Emisor, Receptor and Transporte, in schema order (5.3)."""

from ..document import Document, Instalment, Issuer, Receiver, Transport, limits
from ..document.goods import fold_plate
from ..rut import canonical
from .writer import group, leaf


def id_doc(document: Document, folio: int) -> str:
    """IdDoc."""
    return group(
        "IdDoc",
        leaf("TipoDTE", document.kind),
        leaf("Folio", folio),
        leaf("FchEmis", document.issued_on),
        leaf("IndNoRebaja", 1 if document.late else None),
        leaf("TipoDespacho", document.transport.dispatch if document.transport else None),
        leaf("IndServicio", document.service),
        leaf("MntBruto", 1 if document.gross else None),
        leaf("TpoTranCompra", document.purchase),
        leaf("TpoTranVenta", document.sale),
        leaf("FmaPago", document.payment),
        *(_instalment(each) for each in document.instalments),
        leaf("PeriodoDesde", document.period_from),
        leaf("PeriodoHasta", document.period_to),
        leaf("MedioPago", document.means),
        leaf("TermPagoGlosa", document.terms, limits.TERMS),
        leaf("FchVenc", document.due_on),
    )


def issuer(party: Issuer, carriage: Transport | None = None) -> str:
    """Emisor. DirOrigen is where the goods leave from, or else the branch that issues."""
    carriage = carriage or Transport()
    is_elsewhere = bool(carriage.origin_address)
    return group(
        "Emisor",
        leaf("RUTEmisor", canonical(party.rut)),
        leaf("RznSoc", party.name, limits.NAME),
        leaf("GiroEmis", party.giro, limits.ISSUER_GIRO),
        leaf("Telefono", party.phone, limits.PHONE),
        leaf("CorreoEmisor", party.email, limits.EMAIL),
        *(leaf("Acteco", acteco) for acteco in party.actecos),
        leaf("Sucursal", party.branch, limits.BRANCH),
        leaf("CdgSIISucur", party.sii_branch_code),
        leaf("DirOrigen", carriage.origin_address or party.address, limits.ADDRESS),
        leaf("CmnaOrigen", carriage.origin_comuna if is_elsewhere else party.comuna, limits.COMUNA),
        leaf("CiudadOrigen", "" if is_elsewhere else party.city, limits.CITY),
        leaf("CdgVendedor", party.seller, limits.SELLER),
    )


def receiver(party: Receiver) -> str:
    """Receptor, where a phone has no place."""
    return group(
        "Receptor",
        leaf("RUTRecep", canonical(party.rut)),
        leaf("CdgIntRecep", party.internal_code, limits.INTERNAL_CODE),
        leaf("RznSocRecep", party.name, limits.NAME),
        leaf("GiroRecep", party.giro, limits.GIRO),
        leaf("Contacto", party.contact, limits.CONTACT),
        leaf("CorreoRecep", party.email, limits.EMAIL),
        leaf("DirRecep", party.address, limits.ADDRESS),
        leaf("CmnaRecep", party.comuna, limits.COMUNA),
        leaf("CiudadRecep", party.city, limits.CITY),
    )


def transport(carriage: Transport | None) -> str:
    """Transporte, or nothing."""
    if carriage is None:
        return ""
    return group(
        "Transporte",
        leaf("Patente", fold_plate(carriage.plate), limits.PLATE),
        leaf("PatenteCarro", fold_plate(carriage.trailer_plate), limits.PLATE),
        leaf("RUTTrans", _rut(carriage.carrier_rut)),
        group(
            "Chofer",
            leaf("RUTChofer", _rut(carriage.driver_rut)),
            leaf("NombreChofer", carriage.driver_name, limits.DRIVER_NAME),
        ),
        leaf("DirDest", carriage.address, limits.ADDRESS),
        leaf("CmnaDest", carriage.comuna, limits.COMUNA),
        leaf("CiudadDest", carriage.city, limits.CITY),
        leaf("FchSalida", carriage.departs_at and carriage.departs_at.date()),
        leaf("HraSalida", carriage.departs_at and f"{carriage.departs_at:%H:%M:%S}"),
        leaf("FchLlegada", carriage.arrives_on),
    )


def _rut(value: str) -> str:
    return canonical(value) if value else ""


def _instalment(instalment: Instalment) -> str:
    return group(
        "MntPagos",
        leaf("FchPago", instalment.due_on),
        leaf("MntPago", instalment.amount),
        leaf("GlosaPagos", instalment.note, limits.INSTALMENT_NOTE),
    )
