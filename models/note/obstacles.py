"""What the law forbids a note, and what notes over a rejected invoice still take of it.

Each function gives sentences for people; none when nothing is forbidden. note: account.move.
document: its sii.Document as it will be. original: the l10n_cl.dte that it changes. family:
NoteFamily.
"""

from ...sii import kinds, states
from ...sii.codes import CodRef
from ...sii.document import payload
from ..base.texts.values import dotted
from .family import family_of
from .lines import dearer_lines, longer_lines, repeats
from .original import changed_documents, changing_references, does


def note_texts(note, document):
    """All that forbids this note; of what is no note, what its own notes take."""
    if not document.traits.is_note:
        return _taken_texts(note, document)
    texts = [
        note.env._("Reference %s was never issued: check its type and folio.", each.folio)
        for each in changing_references(note)._never_issued()
    ]
    changed = changed_documents(note)
    if dead := [text for original in changed if (text := dead_text(original))]:
        return texts + dead
    for original in changed:
        texts += _buyer_texts(document, original)
    family = family_of(note, document)
    if annulled := annulled_texts(family):
        return texts + annulled
    texts += limit_texts(family) + _taken_texts(note, document)
    return texts + (_repeat_texts(note, document, changed[:1]) if changed else [])


def dead_text(document):
    """Why no note can be made over a document; empty when one can."""
    if document.state == "rejected":
        return document.env._(
            "The SII rejected %s: for the SII it does not exist. Correct it and confirm it "
            "again instead of making a note.",
            document.display_name,
        )
    if document.state == "foreign":
        return document.env._(
            "The SII holds another document under the folio of %s. Give up that folio and "
            "confirm its invoice again instead of making a note.",
            document.display_name,
        )
    if document.state in states.GIVEN_UP:
        return document.env._(
            "The folio of %s was given up: there is nothing to correct.", document.display_name
        )
    return ""


def annulled_texts(family):
    """What this note changes is annulled already, by another one."""
    return [
        family.env._(
            "%(original)s is annulled already, by %(note)s.",
            original=family.names([key]),
            note=family.names([annulled_by]),
        )
        for key in family.member.changes
        if (annulled_by := family.rule.annulled_by(key)) not in (None, family.own)
    ]


def limit_texts(family):
    """Notes that take from documents cannot take more than those have, all notes together."""
    short = family.rule.shortfall(family.own)
    if not short:
        return []
    if not short.notes:
        return [
            family.env._(
                "The note is of $%(total)s, more than %(originals)s, which is of $%(left)s.",
                total=dotted(family.member.total),
                originals=family.names(short.documents),
                left=dotted(short.left),
            )
        ]
    single = len(short.documents) == 1
    return [
        family.env._(
            "The note is of $%(total)s, but of %(originals)s only $%(left)s are left after "
            "%(notes)s.",
            total=dotted(family.member.total),
            originals=(family.names if single else family.named)(short.documents),
            left=dotted(short.left),
            notes=family.named(short.notes),
        )
    ]


def _buyer_texts(document, original):
    if document.receiver.rut == original.receiver_rut:
        return []
    return [
        original.env._(
            "This note is for RUT %(rut)s, but %(original)s was issued to %(name)s "
            "(%(other)s). Choose that partner again, or refer to another document.",
            rut=document.receiver.rut,
            original=original.display_name,
            name=original.receiver_name,
            other=original.receiver_rut,
        )
    ]


def _taken_texts(move, document):
    """A document that the SII rejected is corrected to no less than its notes take of it."""
    if move.sudo().l10n_cl_dte_id.state != "rejected":
        return []
    family = family_of(move, document)
    notes = family.rule.notes_over(family.own)
    if not any(map(family.rule.shortfall, notes)):
        return []
    return [
        move.env._(
            "%(original)s is of $%(total)s now, less than what its notes take: %(notes)s. "
            "Correct it to no less, or give up the folios of those notes first.",
            original=family.names([family.own]),
            total=dotted(family.member.total),
            notes=family.named(notes),
        )
    ]


def _repeat_texts(note, document, original):
    """What a note must take over from its original: all of it, or its prices."""
    signed = payload.load(original.payload)
    if does(note, CodRef.ANNULS):
        if repeats(document, signed):
            return []
        return [
            note.env._(
                "A note that annuls repeats the lines and the total of %(original)s "
                "($%(total)s) exactly. To take back a part of it, choose “Corrects its "
                "amounts” in the references.",
                original=original.display_name,
                total=dotted(signed.totals.total),
            )
        ]
    if not _takes_from(document.kind, original):
        return []
    return [
        note.env._("“%(line)s”: %(original)s has not that many.", **values)
        for values in _named(longer_lines(document, signed), original)
    ] + [
        note.env._("“%(line)s”: its price after discount is above that of %(original)s.", **values)
        for values in _named(dearer_lines(document, signed), original)
    ]


def _named(names, original):
    return [{"line": name, "original": original.display_name} for name in names]


def _takes_from(kind, original):
    return kinds.of(kind).is_credit_note != kinds.of(original.document_code).is_credit_note
