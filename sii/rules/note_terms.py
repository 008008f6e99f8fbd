"""Until when a credit note lowers VAT: three reasons, three terms (DL 825; LAW_2026 1).

- goods returned or services called off (art. 21 N° 2): six months from the delivery to the day on
  which they came back;
- an error (art. 22, Res. Ex. 45/2003), and any note over a note: the tax period of what it changes,
  or the next one;
- a discount or bonus granted later (art. 21 N° 1): no term.

After its term a note is still right, and still needed to ask the money back (art. 126 CT): it then
states that it does not lower VAT (IndNoRebaja).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date

from .. import kinds
from ..codes import CodRef, NoteReason
from ..document import Document
from ..errors import Problem
from .references import changed
from .values import Problems

# Texts for people name it too: "six months" in sentences.csv, models, wizards and views of notes.
RETURN_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one note: ``code`` of what decides it, its last day, and whether it is over.

    code: ``return``, ``error``, ``discount`` (which has no last day) or ``note``, one over a note.
    """

    code: str
    last_day: date | None
    late: bool


def term(
    reason: NoteReason,
    original_on: date,
    issued_on: date,
    *,
    delivered_on: date | None = None,
    returned_on: date | None = None,
    over_note: bool = False,
) -> Term:
    """The term of a credit note of ``issued_on`` over what was issued on ``original_on``.

    delivered_on: of what came back, by default the day of the original. returned_on: by default
    the day of the note. over_note: what it changes is a note itself.
    """
    if reason is NoteReason.DISCOUNT and not over_note:
        return Term("discount", None, late=False)
    if reason is NoteReason.RETURN and not over_note:
        last = months_later(delivered_on or original_on, RETURN_MONTHS)
        return Term("return", last, late=(returned_on or issued_on) > last)
    last = end_of_next_period(original_on)
    return Term("note" if over_note else "error", last, late=issued_on > last)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month (art. 48 CC).

    A day that was mistyped as one of the last year that there is stays within it.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of_next_period(day: date) -> date:
    """The last day of the tax period, a month, that follows the one of a day."""
    following = months_later(day.replace(day=1), 1)
    return following.replace(day=monthrange(following.year, following.month)[1])


def is_over_note(document: Document) -> bool:
    """Whether what a note changes is a note itself."""
    return any(kinds.of(each.document_type).is_note for _where, each in changed(document))


def term_of(document: Document) -> Term | None:
    """The term of a credit note that states its reason; None of any other document.

    What changes several documents is judged by the oldest.
    """
    days = [each.issued_on for _where, each in changed(document) if each.issued_on]
    if not document.traits.is_credit_note or document.note_reason is None or not days:
        return None
    return term(
        document.note_reason,
        min(days),
        document.issued_on,
        delivered_on=document.delivered_on,
        returned_on=document.returned_on,
        over_note=is_over_note(document),
    )


def check(document: Document) -> Problems:
    """Reason, days and IndNoRebaja of a credit note agree."""
    codes = {each.code for _where, each in changed(document)}
    corrects_text = CodRef.CORRECTS_TEXT in codes
    if document.traits.is_credit_note and document.late and corrects_text:
        yield Problem("late_without_amount", "late")
    if document.note_reason is None:
        return
    if not document.traits.is_credit_note or corrects_text:
        yield Problem("note_reason_unexpected", "note_reason")
        return
    if document.note_reason is NoteReason.DISCOUNT and CodRef.ANNULS in codes:
        yield Problem("discount_annuls", "note_reason")
    yield from _days(document)
    found = term_of(document)
    if found and found.late != document.late:
        code = "late_not_told" if found.late else "late_told_early"
        yield Problem(code, "late", {"day": found.last_day.isoformat() if found.last_day else ""})


def _days(document: Document) -> Problems:
    delivered, returned = document.delivered_on, document.returned_on
    if document.note_reason is not NoteReason.RETURN or returned is None:
        return
    if returned > document.issued_on:
        yield Problem("returned_after_note", "returned_on", {"date": returned.isoformat()})
    if delivered and returned < delivered:
        yield Problem("returned_before_delivery", "returned_on", {"date": delivered.isoformat()})
