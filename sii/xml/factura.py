"""The Documento of facturas and their notes: 33, 34, 56 and 61, in schema order (PROTOCOL 5.3)."""

from collections.abc import Iterable
from datetime import datetime

from ..clock import timestamp
from ..codes import IndExe
from ..document import (
    Adjustment,
    Document,
    GlobalAdjustment,
    Issuer,
    Line,
    Receiver,
    Reference,
    Totals,
)
from ..rut import canonical
from .writer import DECLARATION, DTE_TAG, group, leaf


def document_id(document: Document, folio: int) -> str:
    """The ID that the document's signature refers to, unique in any envelope of one issuer."""
    return f"F{folio}T{document.kind:d}"


def build(document: Document, folio: int, ted: str, signed_at: datetime) -> str:
    """The text of the unsigned DTE file, one element a line; empty optional elements left out.

    The document has passed ``rules.check``. ted: flat stamp. signed_at: aware.
    """
    body = group(
        "Documento",
        _header(document, folio),
        *(_line(number, line) for number, line in enumerate(document.lines, 1)),
        *(_adjustment(number, each) for number, each in enumerate(document.adjustments, 1)),
        *(_reference(number, each) for number, each in enumerate(document.references, 1)),
        f"{ted}\n",
        leaf("TmstFirma", timestamp(signed_at)),
        attributes=f' ID="{document_id(document, folio)}"',
    )
    return f"{DECLARATION}{DTE_TAG}\n{body}</DTE>"


def _header(document: Document, folio: int) -> str:
    return group(
        "Encabezado",
        group(
            "IdDoc",
            leaf("TipoDTE", document.kind),
            leaf("Folio", folio),
            leaf("FchEmis", document.issued_on),
            leaf("IndServicio", document.service),
            leaf("MntBruto", 1 if document.gross else None),
            leaf("FmaPago", document.payment),
            leaf("FchVenc", document.due_on),
        ),
        _issuer(document.issuer),
        _receiver(document.receiver),
        _totals(document.totals),
    )


def _issuer(issuer: Issuer) -> str:
    return group(
        "Emisor",
        leaf("RUTEmisor", canonical(issuer.rut)),
        leaf("RznSoc", issuer.name, 100),
        leaf("GiroEmis", issuer.giro, 80),
        leaf("Telefono", issuer.phone, 20),
        leaf("CorreoEmisor", issuer.email, 80),
        *(leaf("Acteco", acteco) for acteco in issuer.actecos),
        leaf("Sucursal", issuer.branch, 20),
        leaf("CdgSIISucur", issuer.sii_branch_code),
        leaf("DirOrigen", issuer.address, 70),
        leaf("CmnaOrigen", issuer.comuna, 20),
        leaf("CiudadOrigen", issuer.city, 20),
    )


def _receiver(receiver: Receiver) -> str:
    return group(
        "Receptor",
        leaf("RUTRecep", canonical(receiver.rut)),
        leaf("RznSocRecep", receiver.name, 100),
        leaf("GiroRecep", receiver.giro, 40),
        leaf("Contacto", receiver.contact, 80),
        leaf("CorreoRecep", receiver.email, 80),
        leaf("DirRecep", receiver.address, 70),
        leaf("CmnaRecep", receiver.comuna, 20),
        leaf("CiudadRecep", receiver.city, 20),
    )


def _totals(totals: Totals) -> str:
    return group(
        "Totales",
        leaf("MntNeto", totals.net),
        leaf("MntExe", totals.exempt),
        leaf("TasaIVA", totals.vat_rate),
        leaf("IVA", totals.vat),
        *(
            group(
                "ImptoReten",
                leaf("TipoImp", tax.code),
                leaf("TasaImp", tax.rate),
                leaf("MontoImp", tax.amount),
            )
            for tax in totals.taxes
        ),
        leaf("MntTotal", totals.total),
    )


def _line(number: int, line: Line) -> str:
    return group(
        "Detalle",
        leaf("NroLinDet", number),
        *(
            group("CdgItem", leaf("TpoCodigo", code.kind, 10), leaf("VlrCodigo", code.value, 35))
            for code in line.codes
        ),
        leaf("IndExe", line.exempt),
        leaf("NmbItem", line.name, 80),
        leaf("DscItem", line.description, 1000),
        leaf("QtyItem", line.quantity),
        leaf("UnmdItem", line.unit, 4),
        leaf("PrcItem", line.unit_price),
        *_line_adjustment("Descuento", line.discount),
        *_line_adjustment("Recargo", line.surcharge),
        *(leaf("CodImpAdic", code) for code in line.additional_taxes),
        leaf("MontoItem", line.amount),
    )


def _line_adjustment(name: str, adjustment: Adjustment | None) -> Iterable[str]:
    if adjustment is None:
        return ()
    return leaf(f"{name}Pct", adjustment.percent), leaf(f"{name}Monto", adjustment.amount)


def _adjustment(number: int, adjustment: GlobalAdjustment) -> str:
    in_percent = adjustment.percent is not None
    return group(
        "DscRcgGlobal",
        leaf("NroLinDR", number),
        leaf("TpoMov", adjustment.movement),
        leaf("GlosaDR", adjustment.reason, 45),
        leaf("TpoValor", "%" if in_percent else "$"),
        leaf("ValorDR", adjustment.percent if in_percent else adjustment.amount),
        leaf("IndExeDR", IndExe.EXEMPT if adjustment.exempt else None),
    )


def _reference(number: int, reference: Reference) -> str:
    return group(
        "Referencia",
        leaf("NroLinRef", number),
        leaf("TpoDocRef", reference.document_type),
        leaf("FolioRef", reference.folio),
        leaf("FchRef", reference.issued_on),
        leaf("CodRef", reference.code),
        leaf("RazonRef", reference.reason, 90),
    )
