"""The Documento of facturas and their notes: 33, 34, 46, 56 and 61 (PROTOCOL 5.3)."""

from dataclasses import replace
from datetime import datetime

from ..clock import timestamp
from ..document import Document, Line
from ..document.goods import statement
from . import factura_header as header
from . import factura_lines as lines
from . import factura_totals as totals
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
        group(
            "Encabezado",
            header.id_doc(document, folio),
            header.issuer(document.issuer, document.transport),
            header.receiver(document.receiver),
            header.transport(document.transport),
            totals.totals(document.totals),
            totals.foreign(document.foreign),
        ),
        *(lines.detail(number, each) for number, each in enumerate(_stating(document), 1)),
        *(lines.adjustment(number, each) for number, each in enumerate(document.adjustments, 1)),
        *(lines.reference(number, each) for number, each in enumerate(document.references, 1)),
        f"{ted}\n",
        leaf("TmstFirma", timestamp(signed_at)),
        attributes=f' ID="{document_id(document, folio)}"',
    )
    return f"{DECLARATION}{DTE_TAG}\n{body}</DTE>"


def _stating(document: Document) -> tuple[Line, ...]:
    """The lines, the first one with the statement of what is not known of the transport."""
    stated = statement(document.transport.not_known) if document.transport else ""
    if not stated or not document.lines:
        return document.lines
    first, *others = document.lines
    return replace(first, description=f"{first.description} {stated}"), *others
