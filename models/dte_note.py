from odoo import fields, models
from odoo.tools import SQL

from ..sii.codes import CodRef, TipoDte
from .dte_state import DEAD_STATES, GIVEN_UP


class Dte(models.Model):
    """Notes over a document: what they leave of it, and how they wait for it."""

    _inherit = "l10n_cl.dte"

    note_ids = fields.One2many("l10n_cl.dte", "waits_for_id", "Notes", readonly=True)

    def _sign(self, document):
        """A note waits for the document that it changes, as long as the SII has not accepted it."""
        changed = self.move_id._l10n_cl_changed_documents()
        waiting = changed.filtered(lambda dte: dte.state not in ("accepted", "objected"))
        self.waits_for_id = (waiting or changed)[:1]
        return super()._sign(document)

    def _note_code(self):
        """What this note does (sii.CodRef); None when it is none."""
        references = (self.payload or {}).get("document", {}).get("references", ())
        codes = [each["code"] for each in references if each["code"]]
        return CodRef(codes[0]) if codes else None

    def _counter_notes(self):
        """The live notes that take from this document: credit notes, or debit notes over one."""
        against = (
            TipoDte.NOTA_DEBITO
            if self.document_code == TipoDte.NOTA_CREDITO
            else TipoDte.NOTA_CREDITO
        )
        return self.note_ids.filtered(
            lambda note: note.document_code == against and note._is_live()
        ).sorted("id")

    def _left(self):
        """Pesos of this document that its notes have not taken."""
        return self.amount_total - sum(note._left() for note in self._counter_notes())

    def _annulled_by(self):
        """The live note that annuls this document, unless it is annulled itself; empty if none."""
        return self._counter_notes().filtered(
            lambda note: note._note_code() is CodRef.ANNULS and not note._annulled_by()
        )[:1]

    def _hold_for_notes(self):
        """Two notes over one document are posted one after the other, until our transaction ends.

        A lock would not do: who waited for it would still read what was before. Whoever waited
        for a changed row starts over, and then sees our note.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE l10n_cl_dte SET generation = generation WHERE id IN %s",
                    tuple(sorted(self.ids)),
                ),
                log_exceptions=False,
            )

    def _waiting_notes(self):
        return self.note_ids.filtered(lambda note: note.state == "signed" and not note.envio_id)

    def _state_changed(self, before):
        result = super()._state_changed(before)
        if self.state in DEAD_STATES:
            for note in self._waiting_notes():
                note._note(note.waiting_text)
                note._call_a_person()
        elif self.state in ("accepted", "objected"):
            moves = self._waiting_notes().move_id
            moves.activity_unlink(["l10n_cl_sii.activity_attention"])
        return result

    def _waiting_text(self):
        """A note whose original the SII does not hold cannot go by itself: say what to do."""
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
        if not self.envio_id and original.state in GIVEN_UP:
            return self.env._(
                "It cannot be sent: the folio of %s was given up. Give up the folio of this "
                "note too.",
                original.display_name,
            )
        return super()._waiting_text()
