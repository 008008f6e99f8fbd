"""Rows of the certification's books: of the documents issued, and of the SII's table of purchases
(PROTOCOL 9.3, 11)."""

from collections.abc import Iterable
from datetime import date

from ..certification.sets import CertificationSet, Purchase
from ..document import Document
from ..document.amounts import percent_of
from ..document.vat import VAT_RATE
from ..errors import CertificationSetProblem
from .books import BookRow

FREE_DELIVERY = 4
"""CodIVANoRec of what a supplier gives away (PROTOCOL 9.1)."""


def sales_rows(documents: Iterable[tuple[Document, int]]) -> tuple[BookRow, ...]:
    """A row for each (document, folio), in their order; notes have positive amounts too."""
    return tuple(_sale(document, folio) for document, folio in documents)


def purchase_rows(
    test_set: CertificationSet, supplier_rut: str, supplier_name: str, issued_on: date
) -> tuple[BookRow, ...]:
    """The rows of the set, whose table names neither suppliers nor dates: both are free.

    Raises CertificationSetProblem ``set_observation_unknown``: it decides what the VAT is.
    """
    return tuple(
        _purchase(each, supplier_rut, supplier_name, issued_on) for each in test_set.purchases
    )


def _sale(document: Document, folio: int) -> BookRow:
    totals = document.totals
    return BookRow(
        kind=int(document.kind),
        folio=folio,
        issued_on=document.issued_on,
        rut=document.receiver.rut,
        name=document.receiver.name,
        exempt=totals.exempt or 0,
        net=totals.net or 0,
        vat=totals.vat or 0,
        total=totals.total,
    )


def _purchase(purchase: Purchase, rut: str, name: str, issued_on: date) -> BookRow:
    vat = percent_of(purchase.affected, VAT_RATE)
    row = {
        "kind": purchase.kind,
        "folio": purchase.folio,
        "issued_on": issued_on,
        "rut": rut,
        "name": name,
        "exempt": purchase.exempt,
        "net": purchase.affected,
        "vat": vat,
        "total": purchase.exempt + purchase.affected + vat,
    }
    return BookRow(**{**row, **_vat_of(purchase, vat)})


def _vat_of(purchase: Purchase, vat: int) -> dict[str, object]:
    """What the observation makes of the VAT."""
    observation = purchase.observation
    if "USO COMUN" in observation:
        return {"vat": 0, "common_use": vat}
    if "ENTREGA GRATUITA" in observation:
        return {"vat": 0, "not_recoverable": (FREE_DELIVERY, vat)}
    if "RETENCION TOTAL" in observation:
        return {"withheld": vat, "total": purchase.exempt + purchase.affected}
    if "DERECHO A CREDITO" in observation or "POR DESCUENTO" in observation:
        return {}
    raise CertificationSetProblem(
        "set_observation_unknown", line=purchase.line, text=observation[:80]
    )
