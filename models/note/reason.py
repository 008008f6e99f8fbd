"""Why a credit note is made, and which reason is proposed for it.

note: account.move.
"""

from ...sii import kinds
from ...sii.codes import CodRef, NoteReason
from .copied_lines import takes_back

REASONS = [
    (NoteReason.RETURN.value, "Goods returned or services called off"),
    (NoteReason.ERROR.value, "Error in the invoice"),
    (NoteReason.DISCOUNT.value, "Discount or bonus granted later"),
]


def takes_off(note):
    """Whether this is a credit note of ours that takes off amounts: it needs a reason."""
    if not kinds.of(note.l10n_latam_document_type_id.code).is_credit_note:
        return False
    return note._l10n_cl_is_electronic() and not note._l10n_cl_does(CodRef.CORRECTS_TEXT)


def is_over_note(note):
    """Whether what this note changes is a note itself."""
    changed = note._l10n_cl_changing_references()
    codes = changed.mapped("l10n_cl_reference_doc_type_selection")
    return any(kinds.of(code).is_note for code in codes)


def usual_reason(note):
    """What a note like this is usually made for; False when only a person can know."""
    if not takes_off(note) or not note._l10n_cl_changing_references():
        return False
    if is_over_note(note):
        return NoteReason.ERROR.value
    if note._l10n_cl_does(CodRef.ANNULS):
        return NoteReason.RETURN.value
    original = note.sudo()._l10n_cl_origin()
    returned = takes_back(note.invoice_line_ids, original.invoice_line_ids)
    return NoteReason.RETURN.value if returned else False
