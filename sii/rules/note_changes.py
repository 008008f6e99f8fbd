"""Which note may do what to which document (format 2.5, E.8; LAW_2026 8), by the table of types.

Guías and exports are changed by no note of ours: the SII refuses both (REF-3-415).
"""

from .. import kinds
from ..codes import CodRef
from ..errors import Problem


def forbidden(kind: int, code: CodRef | None, document_type: str, where: str) -> Problem | None:
    """What forbids this note over a document of that type; None when nothing does.

    code: None while it is not stated: what no note changes is reported all the same.
    """
    note, changed = kinds.of(kind), kinds.of(document_type)
    problem = None
    if changed.is_guide:
        problem = "note_over_guide"
    elif changed.export:
        problem = "note_over_export"
    elif note.is_credit_note and changed.is_credit_note:
        problem = "credit_note_over_its_like"
    elif code is not None and not note.may_change(changed, code):
        annuls = code is CodRef.ANNULS
        problem = "debit_note_annuls" if annuls else "debit_note_corrects_text"
    return Problem(problem, f"{where}.document_type") if problem else None
