from odoo import models

from ...sii import kinds, states
from ...sii.codes import CodRef
from ...sii.document import payload
from ..base.texts.values import dotted
from .lines import dearer_lines, longer_lines, repeats


class AccountMove(models.Model):
    """What the law forbids a note, told before it is emitted and once more while it is."""

    _inherit = "account.move"

    def _l10n_cl_hold_changed(self):
        """Nobody else makes notes over what these change until this transaction ends."""
        for issuer, moves in self.grouped(lambda move: move.company_id.l10n_cl_issuer_id).items():
            changing = moves.sudo()._l10n_cl_changing_references().filtered("changed_folio")
            if changing and issuer.sudo().company_rut:
                keys = {reference._changed_key() for reference in changing}
                self.env["l10n_cl.dte"].sudo()._hold_for_notes(issuer.sudo(), sorted(keys))

    def _l10n_cl_note_texts(self, document):
        """What forbids this note, or what its notes take. document: its sii.Document."""
        if not document.traits.is_note:
            return self._l10n_cl_taken_texts(document)
        texts = [
            self.env._("Reference %s was never issued: check its type and folio.", each.folio)
            for each in self._l10n_cl_changing_references()._never_issued()
        ]
        changed = self._l10n_cl_changed_documents()
        dead = [text for original in changed if (text := original._dead_text())]
        if dead:
            return texts + dead
        for original in changed:
            texts += self._l10n_cl_buyer_texts(document, original)
        family = self._l10n_cl_family(document)
        if annulled := self._l10n_cl_annulled_texts(family):
            return texts + annulled
        texts += self._l10n_cl_limit_texts(family) + self._l10n_cl_taken_texts(document)
        return texts + (self._l10n_cl_repeat_texts(document, changed[:1]) if changed else [])

    def _l10n_cl_buyer_texts(self, document, original):
        if document.receiver.rut == original.receiver_rut:
            return []
        return [
            self.env._(
                "This note is for RUT %(rut)s, but %(original)s was issued to %(name)s "
                "(%(other)s). Choose that partner again, or refer to another document.",
                rut=document.receiver.rut,
                original=original.display_name,
                name=original.receiver_name,
                other=original.receiver_rut,
            )
        ]

    def _l10n_cl_annulled_texts(self, family):
        return [
            self.env._(
                "%(original)s is annulled already, by %(note)s.",
                original=family.names([key]),
                note=family.names([annulled_by]),
            )
            for key in family.member.changes
            if (annulled_by := family.rule.annulled_by(key)) not in (None, family.own)
        ]

    def _l10n_cl_limit_texts(self, family):
        """Notes that take from documents cannot take more than those have, all notes together."""
        short = family.rule.shortfall(family.own)
        if not short:
            return []
        if not short.notes:
            return [
                self.env._(
                    "The note is of $%(total)s, more than %(originals)s, which is of $%(left)s.",
                    total=dotted(family.member.total),
                    originals=family.names(short.documents),
                    left=dotted(short.left),
                )
            ]
        single = len(short.documents) == 1
        return [
            self.env._(
                "The note is of $%(total)s, but of %(originals)s only $%(left)s are left after "
                "%(notes)s.",
                total=dotted(family.member.total),
                originals=(family.names if single else family.named)(short.documents),
                left=dotted(short.left),
                notes=family.named(short.notes),
            )
        ]

    def _l10n_cl_taken_texts(self, document):
        """A document that the SII rejected is corrected to no less than its notes take of it."""
        if self.sudo().l10n_cl_dte_id.state != "rejected":
            return []
        family = self._l10n_cl_family(document)
        notes = family.rule.notes_over(family.own)
        if not any(map(family.rule.shortfall, notes)):
            return []
        return [
            self.env._(
                "%(original)s is of $%(total)s now, less than what its notes take: %(notes)s. "
                "Correct it to no less, or give up the folios of those notes first.",
                original=family.names([family.own]),
                total=dotted(family.member.total),
                notes=family.named(notes),
            )
        ]

    def _l10n_cl_repeat_texts(self, document, original):
        """What a note must take over from its original: all of it, or its prices."""
        said = payload.load(original.payload)
        if self._l10n_cl_does(CodRef.ANNULS):
            if repeats(document, said):
                return []
            return [
                self.env._(
                    "A note that annuls repeats the lines and the total of %(original)s "
                    "($%(total)s) exactly. To take back a part of it, choose “Corrects its "
                    "amounts” in the references.",
                    original=original.display_name,
                    total=dotted(said.totals.total),
                )
            ]
        if not _takes_from(document.kind, original):
            return []
        return [
            self.env._("“%(line)s”: %(original)s has not that many.", **values)
            for values in _named(longer_lines(document, said), original)
        ] + [
            self.env._(
                "“%(line)s”: its price after discount is above that of %(original)s.", **values
            )
            for values in _named(dearer_lines(document, said), original)
        ]


def _named(names, original):
    return [{"line": name, "original": original.display_name} for name in names]


def _takes_from(kind, original):
    return kinds.of(kind).is_credit_note != kinds.of(original.document_code).is_credit_note


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _dead_text(self):
        """Why no note can be made over this document; empty when one can."""
        if self.state == "rejected":
            return self.env._(
                "The SII rejected %s: for the SII it does not exist. Correct it and confirm it "
                "again instead of making a note.",
                self.display_name,
            )
        if self.state == "foreign":
            return self.env._(
                "The SII holds another document under the folio of %s. Give up that folio and "
                "confirm its invoice again instead of making a note.",
                self.display_name,
            )
        if self.state in states.GIVEN_UP:
            return self.env._(
                "The folio of %s was given up: there is nothing to correct.", self.display_name
            )
        return ""
