"""What a note adds to its sii.Document: its reason and days, the words of its reference, and the
buyer's address as it was.

note: account.move.
"""

from dataclasses import dataclass, replace
from datetime import date

from ...sii import kinds
from ...sii.codes import NoteReason
from ...sii.document import payload
from .days import term_of
from .original import changed_documents, does_words
from .reason import takes_off

_REASON_LENGTH = 90


@dataclass(frozen=True, slots=True)
class ReasonFields:
    """Why a note takes off amounts, and when: fields of sii.Document, empty in what is no note."""

    late: bool = False
    reason: NoteReason | None = None
    delivered_on: date | None = None
    returned_on: date | None = None


def reason_fields(note, kind):
    """The ReasonFields of this document. kind: its sii.TipoDte."""
    if not kinds.of(kind).is_note:
        return ReasonFields()
    found = term_of(note)
    # whoever set by hand whether it lowers the VAT answers for it: the rules do not judge it
    if found is None or found.late != note.l10n_cl_late:
        return ReasonFields(note.l10n_cl_late)
    return ReasonFields(
        note.l10n_cl_late,
        NoteReason(note.l10n_cl_note_reason),
        note.l10n_cl_delivered_on or None,
        note.l10n_cl_returned_on or None,
    )


def reference_reason(note, reference):
    """What a reference gives as its reason: what was written, or what the note does and why."""
    written = reference.reason or ""
    if not (reference.code and note.l10n_cl_note_reason and takes_off(note)):
        return written
    if written != does_words(note, reference.code):
        return written
    env = note.with_context(lang=note._l10n_cl_lang()).env
    reasons = dict(note._fields["l10n_cl_note_reason"]._description_selection(env))
    return f"{written}: {reasons[note.l10n_cl_note_reason]}"[:_REASON_LENGTH]


def placed(note, receiver):
    """The buyer, with the address of the changed document where there is none on file now."""
    if receiver.address and receiver.comuna:
        return receiver
    before = (
        payload.load(document.payload).receiver
        for document in changed_documents(note).filtered("payload")
    )
    place = next((each for each in before if each.address and each.comuna), receiver)
    return replace(receiver, address=place.address, comuna=place.comuna, city=place.city)
