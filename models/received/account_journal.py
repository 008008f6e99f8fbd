from markupsafe import Markup

from odoo import models

from ..base.texts.errors import error_text


class AccountJournal(models.Model):
    """Mails to a journal's address that are made to cost more than they are worth."""

    _inherit = "account.journal"

    def _l10n_cl_keep_unread(self, message, problem):
        """Keep such a mail as it came, and call a person. Returns the journal's id.

        problem: sii.errors.MailProblem.
        """
        text = error_text(self.env, problem)
        self.message_post(
            body=self.env._("A mail came that could not be read: it is attached. %s", text),
            attachments=[("mail.eml", message)],
        )
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("A mail to this journal's address could not be read"),
            note=Markup("<p>%s</p>") % text,
            user_id=self.company_id._l10n_cl_responsible(self.env.user).id,
        )
        return self.id
