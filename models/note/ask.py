from dataclasses import dataclass
from datetime import date

from odoo import models
from odoo.exceptions import RedirectWarning

from ...sii import kinds
from ...sii.codes import NoteReason
from ...sii.errors import Problem
from ..access.entry import entry
from ..base.texts.rules import problems_text


@dataclass(frozen=True, slots=True)
class SaidReason:
    """The fields of a document that say why a note takes back, and when: see sii.Document."""

    late: bool = False
    reason: NoteReason | None = None
    delivered_on: date | None = None
    returned_on: date | None = None


class AccountMove(models.Model):
    """The reason of a credit note is asked before it is signed, and said in the document."""

    _inherit = "account.move"

    def _l10n_cl_reason_of(self, kind):
        """The SaidReason of this document; empty in what is no note."""
        if not kinds.of(kind).is_note:
            return SaidReason()
        found = self._l10n_cl_term()
        # what somebody set by hand is his to answer for
        if found is None or found.late != self.l10n_cl_late:
            return SaidReason(self.l10n_cl_late)
        return SaidReason(
            self.l10n_cl_late,
            NoteReason(self.l10n_cl_note_reason),
            self.l10n_cl_delivered_on or None,
            self.l10n_cl_returned_on or None,
        )

    def _l10n_cl_reference_reason(self, reference):
        """Where nobody wrote why, the reference says what the note does and its reason."""
        written = reference.reason or ""
        if not (reference.code and self.l10n_cl_note_reason and self._l10n_cl_takes_off()):
            return written
        env = self.with_context(lang=self._l10n_cl_lang()).env
        does = dict(env["l10n_cl.reference"]._fields["code"]._description_selection(env))
        if written != does[reference.code].partition(" - ")[2]:
            return written
        reasons = dict(self._fields["l10n_cl_note_reason"]._description_selection(env))
        return f"{written}: {reasons[self.l10n_cl_note_reason]}"[:90]

    def _l10n_cl_reason_obstacles(self):
        if not self._l10n_cl_lacks_reason():
            return []
        problem = Problem("note_reason_missing", "note_reason")
        return [(text, self) for text in problems_text(self.env, [problem])]

    def _l10n_cl_lacks_reason(self):
        return not self.l10n_cl_note_reason and self._l10n_cl_takes_off()

    def _l10n_cl_ask_reason(self):
        """Raise RedirectWarning, with the way to the field, when a single note lacks its reason
        and nothing else."""
        if len(self) != 1 or not self._l10n_cl_lacks_reason():
            return
        obstacles = self._l10n_cl_obstacles(self._l10n_cl_foreseen_document())
        if len(obstacles) == 1:
            text = "\n- ".join([self._l10n_cl_label(), obstacles[0][0]])
            action = self._l10n_cl_reason_action()
            raise RedirectWarning(text, action, self.env._("Choose the Reason"))

    @entry("write")
    def l10n_cl_action_reason_chosen(self):
        """Button: the reason was chosen in the dialogue, and the invoice behind it shows it."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _l10n_cl_reason_action(self):
        """The reason of this credit note in a dialogue, and nothing else of it."""
        view = self.env.ref("l10n_cl_sii.account_move_view_form_reason")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why Is This Credit Note Made?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }
