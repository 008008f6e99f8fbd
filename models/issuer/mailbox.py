import logging

from markupsafe import Markup
from psycopg2.extensions import TransactionRollbackError

from odoo import models
from odoo.exceptions import UserError

from ...sii.errors import MailProblem
from ..access.entry import MANAGER, entry
from ..access.unforeseen import unforeseen
from ..base.texts.errors import error_text

_logger = logging.getLogger(__name__)


class Issuer(models.Model):
    """An address that the SII, or a rule in the company's mailbox, sends result mails to."""

    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "mail.alias.mixin.optional", "mail.activity.mixin"]

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(self._name)
        if self.id:
            values["alias_force_thread_id"] = self.id
        return values

    @entry("write", MANAGER)
    def message_update(self, msg_dict, update_vals=None):
        """A mail came in: each of its files is read (_take_part, in the room received).

        Who wrote it proves nothing; the mail itself stays on the issuer, with a note when a file
        could not be used.
        """
        sender = msg_dict.get("email_from") or msg_dict.get("from") or ""
        mailbox = self._spoken().with_context(l10n_cl_sender=sender)
        for attachment in msg_dict.get("attachments", []):
            mailbox._take_alone(attachment.fname or "", attachment)
        return super(Issuer, mailbox).message_update(msg_dict, update_vals)

    def _spoken(self):
        """In the company's language where nobody's is known: a mail comes in without one."""
        return self.with_context(lang=self.env.lang or self.company_id.partner_id.lang)

    def _take_alone(self, name, attachment):
        """One part of a mail in a savepoint: whatever is wrong with it, the others are read."""
        content = attachment.content
        if not isinstance(content, bytes):
            return  # no file: mails are written anew before they come here
        try:
            with self.env.cr.savepoint():
                self._take_part(name, content)
        except TransactionRollbackError:
            raise
        except UserError as problem:
            self._post_about(name, str(problem))
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a file of a mail could not be read")
            text = unforeseen(self.env, error)
            self._post_about(name, text)
            self._call_about_mail(f"{name}: {text}")

    def _post_about(self, name, text):
        self.message_post(body=self.env._("%(file)s: %(reason)s", file=name, reason=text))

    def _call_about_mail(self, text):
        """A person must look at a mail that could not be read."""
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("A mail to the SII's mailbox could not be read"),
            note=Markup("<p>%s</p>") % text,
            user_id=self.company_id._l10n_cl_responsible(self.env.user).id,
        )

    def _post_files_left(self, count):
        """A mail had more files than are kept one by one."""
        self.message_post(
            body=self.env._(
                "The mail has more files than are kept one by one. Its XML files were looked at; "
                "%s others are in mail.eml only, the mail as it came.",
                count,
            )
        )

    def _keep_unread(self, message, error):
        """Keep a mail that could not be taken in at all, as it came, and call a person."""
        mailbox = self._spoken()
        foreseen = isinstance(error, MailProblem)
        text_of = error_text if foreseen else unforeseen
        text = text_of(mailbox.env, error)
        mailbox.message_post(
            body=mailbox.env._("A mail came that could not be read: it is attached. %s", text),
            attachments=[("mail.eml", message)],
        )
        mailbox._call_about_mail(text)
