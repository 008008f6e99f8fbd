"""What strangers wrote is text, wherever people read it."""

from markupsafe import Markup, escape

from odoo import models

_OURS = "l10n_cl_"


def as_html(text):
    """A text as HTML shows it, its lines below each other; what is HTML already stays."""
    if isinstance(text, Markup) or not text:
        return text
    return Markup("<br/>").join(escape(line) for line in text.splitlines())


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _l10n_cl_call(self, kind, summary, note, *users):
        """Call a person to this record by an activity of a kind; a repeated one is replaced.

        users: who should come, the first who may; else a manager of its company.
        """
        self.activity_unlink([kind])
        person = self.company_id._l10n_cl_responsible(*users, record=self)
        return self.activity_schedule(kind, summary=summary, note=note, user_id=person.id)

    def activity_schedule(
        self, act_type_xmlid="", date_deadline=None, summary="", note="", **act_values
    ):
        """The note of an activity is HTML, and ours quote what a file or a mail server sent."""
        if act_type_xmlid.startswith(_OURS):
            note = as_html(note)
        return super().activity_schedule(
            act_type_xmlid, date_deadline=date_deadline, summary=summary, note=note, **act_values
        )
