"""Why a credit note is made, and which reason is proposed for it.

note: account.move.
"""

from ...sii import kinds
from ...sii.codes import CodRef, NoteReason
from .copied_lines import takes_back
from .original import changing_references, does, origin_of

REASONS = [
    (NoteReason.RETURN.value, "Goods returned or services called off"),
    (NoteReason.ERROR.value, "Error in the invoice"),
    (NoteReason.DISCOUNT.value, "Discount or bonus granted later"),
]


def takes_off(note):
    """Whether this is a credit note of ours that takes off amounts: it needs a reason."""
    if not kinds.of(note.l10n_latam_document_type_id.code).is_credit_note:
        return False
    return note._l10n_cl_is_electronic() and not does(note, CodRef.CORRECTS_TEXT)


def is_over_note(note):
    """Whether what this note changes is a note itself."""
    codes = changing_references(note).mapped("l10n_cl_reference_doc_type_selection")
    return any(kinds.of(code).is_note for code in codes)


def usual_reason(note):
    """What a note like this is usually made for; False when only a person can know."""
    if not takes_off(note) or not changing_references(note):
        return False
    if is_over_note(note):
        return NoteReason.ERROR.value
    if does(note, CodRef.ANNULS):
        return NoteReason.RETURN.value
    original = origin_of(note.sudo())
    returned = takes_back(note.invoice_line_ids, original.invoice_line_ids)
    return NoteReason.RETURN.value if returned else False
