from odoo import fields, models

from ...sii import states
from ...sii.document import payload


class Dte(models.Model):
    """Notes wait for the document that they change."""

    _inherit = "l10n_cl.dte"

    note_ids = fields.One2many("l10n_cl.dte", "waits_for_id", "Notes that wait", readonly=True)

    def _wait_for_others(self, document):
        """A note waits for the document that it changes, as long as the SII has not accepted it:
        what this one waits for; one of what it changes, accepted, where it need not wait.

        It waits for another note as well without which it would take too much: that one may still
        be refused, and then this one must not be sent.
        """
        changed = self._source()._l10n_cl_changed_documents()
        waiting = changed.filtered(lambda dte: dte.state not in states.LEGAL)
        if changed and not waiting:
            waiting = self._note_needed(document)
        self.waits_for_id = (waiting or changed)[:1]

    def _note_needed(self, document):
        family = self._source()._l10n_cl_family(document)
        needed = family.rule.needed(family.own, family.in_doubt())
        return family.document(needed) if needed else self.browse()

    def _waiting_notes(self):
        return self.note_ids.filtered(lambda note: note.state == "signed" and not note.envio_id)

    def _notes_follow_state(self):
        """Notes over a document are free once it is accepted, and stuck when it is not."""
        state, notes = self[:1].state, self._waiting_notes()
        if state in states.DEAD:
            for note in notes:
                note._note(note.waiting_text)
                note._call_a_person()
        elif state in states.LEGAL and notes:
            for note in notes:
                note._wait_for_others(payload.load(note.payload))
            for sources in notes._sources():
                sources.activity_unlink(["l10n_cl_sii.activity_attention"])
            self.env["l10n_cl.envio"]._wake("send")

    def _original_lost_text(self):
        """A note whose original the SII does not hold cannot go by itself: state what to do."""
        original = self.waits_for_id
        if not self.envio_id and original.state == "rejected":
            return self.env._(
                "It waits: the SII rejected %s. Correct that document and confirm it again; "
                "this note is sent once it is accepted.",
                original.display_name,
            )
        if not self.envio_id and original.state == "foreign":
            return self.env._(
                "It waits: the SII holds another document under the folio of %s. Give up that "
                "folio, and the one of this note too.",
                original.display_name,
            )
        if not self.envio_id and original.state in states.GIVEN_UP:
            return self.env._(
                "It cannot be sent: the folio of %s was given up. Give up the folio of this "
                "note too.",
                original.display_name,
            )
        return ""
