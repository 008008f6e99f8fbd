"""Which note may do what to which document (format 2.5, E.8; LAW_2026 8): one table.

Guías and exports are changed by no note of ours: the SII refuses both (REF-3-415).
"""

from ..codes import CodRef, TipoDte
from ..errors import Problem

_CREDIT_NOTES = frozenset({"60", "61"})
# Facturas, boletas, liquidaciones, purchase invoices and debit notes, on paper or electronic.
_DEBTS = frozenset({"30", "32", "33", "34", "35", "38", "39", "40", "41", "43", "45", "46"})
_BY_CREDIT_NOTE = _DEBTS | {"55", "56"}

BOLETAS = frozenset({"35", "38", "39", "41"})
GUIDES = frozenset({"50", "52"})
EXPORTS = frozenset({"110", "111", "112"})

CHANGEABLE = {
    (TipoDte.NOTA_CREDITO, CodRef.ANNULS): _BY_CREDIT_NOTE,
    (TipoDte.NOTA_CREDITO, CodRef.CORRECTS_TEXT): _BY_CREDIT_NOTE,
    (TipoDte.NOTA_CREDITO, CodRef.CORRECTS_AMOUNTS): _BY_CREDIT_NOTE,
    (TipoDte.NOTA_DEBITO, CodRef.ANNULS): _CREDIT_NOTES,
    (TipoDte.NOTA_DEBITO, CodRef.CORRECTS_TEXT): frozenset(),
    (TipoDte.NOTA_DEBITO, CodRef.CORRECTS_AMOUNTS): _BY_CREDIT_NOTE | _CREDIT_NOTES,
}
"""Types of documents, by the note and what it does. 40 and 43 are uncertain, and let pass."""

TAX_DOCUMENTS = _BY_CREDIT_NOTE | _CREDIT_NOTES | GUIDES | EXPORTS
"""Types of PROTOCOL 5.1 that a note changes, or would; orders, contracts and test sets are not."""


def forbidden(kind: TipoDte, code: CodRef | None, document_type: str, where: str) -> Problem | None:
    """What forbids this note over a document of that type; None when nothing does.

    code: None while it is not told: what no note changes is told all the same.
    """
    problem = None
    if document_type in GUIDES:
        problem = "note_over_guide"
    elif document_type in EXPORTS:
        problem = "note_over_export"
    elif kind is TipoDte.NOTA_CREDITO and document_type in _CREDIT_NOTES:
        problem = "credit_note_over_its_like"
    elif code is not None and document_type not in CHANGEABLE[kind, code]:
        annuls = code is CodRef.ANNULS
        problem = "debit_note_annuls" if annuls else "debit_note_corrects_text"
    return Problem(problem, f"{where}.document_type") if problem else None
