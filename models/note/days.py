"""The days of a credit note, and the term in which it lowers the seller's VAT, by its reason.

note, invoice: account.move. The law's terms are in sii.rules.note_terms.
"""

from ...sii import clock
from ...sii.codes import NoteReason
from ...sii.rules.note_terms import term
from .original import changing_references
from .reason import is_over_note, takes_off


def term_of(note):
    """The sii Term of this credit note; None without reason, or without what it changes."""
    days = _original_days(note)
    if not (takes_off(note) and note.l10n_cl_note_reason and days):
        return None
    return term(
        NoteReason(note.l10n_cl_note_reason),
        min(days),
        note.invoice_date or clock.today(),
        delivered_on=note.l10n_cl_delivered_on or None,
        returned_on=note.l10n_cl_returned_on or None,
        over_note=is_over_note(note),
    )


def is_late(note):
    """Whether the term of this note is over."""
    found = term_of(note)
    return bool(found) and found.late


def is_return(note):
    """Whether goods came back or services were called off: only then days are asked."""
    return note.l10n_cl_note_reason == NoteReason.RETURN.value


def usual_return(note):
    """The day of the return that is proposed: the note's own."""
    return is_return(note) and (note.invoice_date or clock.today())


def usual_delivery(note):
    """The day of the delivery that is proposed: the invoice's, or that of the oldest document."""
    delivered = delivery_day(note.reversed_entry_id)
    return is_return(note) and (delivered or min(_original_days(note), default=False))


def delivery_day(invoice):
    """When the goods of an invoice were delivered, where that is known."""
    departure = invoice._l10n_cl_departure()
    return invoice.l10n_cl_arrives_on or (departure and departure.date()) or invoice.delivery_date


def typed_late_text(env, late):
    """For the history of a note: a person decided whether it lowers the VAT."""
    if late:
        return env._("Set by hand: this credit note does not lower the VAT.")
    return env._("Set by hand: this credit note lowers the VAT, although its term is over.")


def _original_days(note):
    return list(filter(None, changing_references(note).mapped("issued_on")))
