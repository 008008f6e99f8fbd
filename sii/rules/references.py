"""Referencia (PROTOCOL 5.3, 5.5): what a note changes, and what any document cites."""

from datetime import date

from .. import kinds
from ..codes import CodRef
from ..document import Document, Reference, limits
from ..errors import Problem
from .note_changes import forbidden
from .values import FIRST_DAY, Problems, at_most, day, text

FIRST_REFERENCE_DAY = date(2002, 8, 1)
"""FchRef of a document that is none of exports (format 2.5, field 235)."""
"""Digits of the folio of a tax document (PROTOCOL 5.1)."""


def changed(document: Document) -> list[tuple[str, Reference]]:
    """The tax documents that a note changes, each with its place."""
    return [
        (f"references[{index}]", reference)
        for index, reference in enumerate(document.references)
        if document.traits.is_note and kinds.of(reference.document_type).is_target
    ]


def changes_purchase(document: Document) -> bool:
    """Whether it is a note over a purchase invoice, whose VAT its issuer retained."""
    return any(kinds.of(each.document_type).is_purchase for _where, each in changed(document))


def check(document: Document) -> Problems:
    """Rules of the references, and those that make a note a note."""
    yield from at_most(limits.REFERENCES, document.references, "references")
    for index, reference in enumerate(document.references):
        yield from _reference(reference, f"references[{index}]")
        yield from _later(reference, document, f"references[{index}].issued_on")
    if document.traits.is_note:
        yield from _note(document)


def _reference(reference: Reference, where: str) -> Problems:
    kind, folio = reference.document_type, reference.folio
    yield from text(
        kind, f"{where}.document_type", limits.REFERENCE_TYPE, "reference_document_type_missing"
    )
    yield from text(folio, f"{where}.folio", limits.REFERENCE_FOLIO, "reference_folio_missing")
    yield from text(reference.reason, f"{where}.reason", limits.REFERENCE_REASON)
    yield from day(reference.issued_on, f"{where}.issued_on")
    if reference.issued_on is None:
        yield Problem("reference_issued_on_missing", f"{where}.issued_on")
    elif FIRST_DAY <= reference.issued_on < FIRST_REFERENCE_DAY:
        yield Problem("reference_too_old", f"{where}.issued_on", {"date": reference.issued_on})
    if reference.label:  # the code of a boleta's reference is free, a factura's is not
        yield Problem("reference_label_unexpected", f"{where}.label")
    if reference.is_global and folio != "0":
        yield Problem("reference_folio_invalid", f"{where}.folio", {"folio": folio})
    if kinds.of(kind).is_target and folio and not reference.is_global and not _is_folio(folio):
        yield Problem("reference_folio_invalid", f"{where}.folio", {"folio": folio})


def _is_folio(text: str) -> bool:
    is_number = text.isascii() and text.isdecimal() and len(text) <= limits.TAX_FOLIO
    return is_number and int(text) > 0


def _later(reference: Reference, document: Document, where: str) -> Problems:
    """A tax document that is cited was there before; orders have days of their own."""
    of_tax = kinds.of(reference.document_type).is_target
    if of_tax and reference.issued_on and reference.issued_on > document.issued_on:
        yield Problem("reference_later", where)


def _note(document: Document) -> Problems:
    originals = changed(document)
    if not originals:
        yield Problem("reference_missing", "references")
    for where, reference in originals:
        problem = forbidden(document.kind, reference.code, reference.document_type, where)
        if problem:
            yield problem
        elif reference.code is None:
            yield Problem("reference_code_missing", f"{where}.code")
    codes = {reference.code for _where, reference in originals}
    if len(originals) > 1 and codes & {CodRef.ANNULS, CodRef.CORRECTS_TEXT}:
        yield Problem("reference_not_single", "references")
    moved = any([document.totals.total, *(line.amount for line in document.lines)])
    if CodRef.CORRECTS_TEXT in codes and moved:
        yield Problem("correction_with_amount", "totals.total")
    if CodRef.CORRECTS_AMOUNTS in codes and not document.totals.total:
        yield Problem("note_of_nothing", "totals.total")
    yield from _exempt_originals(document)


def _exempt_originals(document: Document) -> Problems:
    """A note over exempt documents moves exempt amounts alone (PROTOCOL 5.6.10)."""
    originals = [kinds.of(reference.document_type) for _where, reference in changed(document)]
    if originals and all(each.exempt for each in originals):
        for name in ("net", "vat"):
            if getattr(document.totals, name):
                yield Problem("vat_unexpected", f"totals.{name}")
