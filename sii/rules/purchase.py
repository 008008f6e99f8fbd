"""Purchase invoices (46) and notes over them: the buyer issues and retains (PROTOCOL 5.6.8)."""

from .. import rut
from ..document import Document
from ..document.amounts import not_withheld
from ..document.taxes import RETENTIONS, VAT_RETAINED
from ..errors import Problem
from .references import changes_purchase
from .values import Problems


def check(document: Document) -> Problems:
    """Rules of who retains which VAT. The receiver of a 46 is the seller."""
    is_purchase = document.traits.is_purchase
    if is_purchase:
        yield from _seller(document)
        yield from _marks(document)
    elif not document.traits.is_note:
        yield from _unmarked(document)
    retains = document.totals.net and (is_purchase or changes_purchase(document))
    if retains and not _retained(document):
        yield Problem("retention_missing", "totals.taxes")


def _retained(document: Document) -> frozenset[int]:
    """Codes of retention in the lines and the totals."""
    codes = {code for line in document.lines for code in line.additional_taxes}
    return RETENTIONS & (codes | {tax.code for tax in document.totals.taxes})


def _seller(document: Document) -> Problems:
    parties = (document.issuer.rut, document.receiver.rut)
    if all(map(rut.is_valid, parties)) and len(set(map(rut.canonical, parties))) == 1:
        yield Problem("seller_is_issuer", "receiver.rut")


def _marks(document: Document) -> Problems:
    """Where all VAT is retained by code 15, each affected line states it twice."""
    if VAT_RETAINED not in _retained(document):
        return
    for index, line in enumerate(document.lines):
        marked = line.withheld and VAT_RETAINED in line.additional_taxes
        if line.exempt is None and not marked:
            yield Problem("line_not_withheld", f"lines[{index}]", {"tax": VAT_RETAINED})


def _unmarked(document: Document) -> Problems:
    for index, line in enumerate(document.lines):
        if line.withheld and RETENTIONS.isdisjoint(line.additional_taxes):
            yield Problem("withheld_unexpected", f"lines[{index}].withheld")


def check_sums(document: Document) -> Problems:
    """IVANoRet is what the retentions leave of the VAT, and absent when they leave nothing."""
    totals = document.totals
    expected = None
    if _retained(document):
        expected = not_withheld(document.kind, totals.vat or 0, totals.taxes)
    if totals.vat_not_withheld != expected:
        data = {"expected": expected or 0, "amount": totals.vat_not_withheld or 0}
        yield Problem("vat_not_withheld_wrong", "totals.vat_not_withheld", data)
