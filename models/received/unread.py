from markupsafe import Markup

from odoo import models

from ...sii.mail import files as mail_files
from ...sii.received import file_kind
from .texts import unread_text

_FOR_PEOPLE = (file_kind.PDF, file_kind.PICTURE, file_kind.OFFICE)


class AccountMove(models.Model):
    """No vendor bill stays empty without a word: what came for it and cannot be read is told.

    Who drops a file on a list reads it there; for a mail, somebody is called.
    """

    _inherit = "account.move"

    def _l10n_cl_is_unread(self, attachment):
        """Whether a file came to be read and cannot be."""
        return self._l10n_cl_awaits_files() and bool(
            unread_text(self.env, attachment.raw or b"", attachment.name or "")
        )

    def _extend_with_attachments(self, files_data, new=False):
        if not self._l10n_cl_awaits_files():
            return super()._extend_with_attachments(files_data, new)
        texts = [self._l10n_cl_unread(file_data, new) for file_data in files_data]
        texts = "\n".join(filter(None, texts))
        if texts:
            self.message_post(body=texts)
        done = super()._extend_with_attachments(files_data, new)
        refused = not done and any(file_data["decoder_info"] for file_data in files_data)
        if texts or refused:
            why = self.env._(
                "What came with the mail cannot be used; why, is told in the messages below."
            )
            self._l10n_cl_call_about_mail(texts or why)
        return done

    def _message_post_after_hook(self, new_message, message_values):
        files = new_message.attachment_ids
        result = super()._message_post_after_hook(new_message, message_values)
        mailed = new_message.message_type == "email" and self._l10n_cl_awaits_files()
        if mailed and not any(_is_of_use(file.raw or b"", file.name or "") for file in files):
            self._l10n_cl_call_about_mail(
                self.env._("The mail brought no file that a bill can be made of.")
            )
        return result

    def _l10n_cl_awaits_files(self):
        """Whether this is an empty bill of a company that receives tax documents."""
        return bool(
            len(self) == 1
            and self.journal_id.type == "purchase"
            and self.state == "draft"
            and not self.invoice_line_ids
            and self.company_id.sudo().l10n_cl_issuer_id.company_rut
        )

    def _l10n_cl_unread(self, file_data, new):
        """Why nothing comes of a file that neither we nor Odoo can read; empty for others."""
        if "decoder_info" not in file_data:
            file_data["decoder_info"] = self._get_edi_decoder(file_data, new=new)
        if file_data["decoder_info"]:
            return ""
        name = file_data["name"] or ""
        text = unread_text(self.env, file_data["raw"] or b"", name)
        return text and self.env["l10n_cl.received.dte"]._refusal(name, text)

    def _l10n_cl_call_about_mail(self, text):
        """A person sees to a bill of which a mail brought nothing that can be read."""
        if not self.env.context.get("from_alias") or self.activity_ids:
            return
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("This bill came by mail and is empty"),
            note=Markup("<p>%s</p>") % text,
            user_id=self.company_id._l10n_cl_responsible(self.env.user, record=self).id,
        )


def _is_of_use(content, name):
    """Whether a person, or we, may make something of a file, or say why not."""
    return file_kind.of(content) in _FOR_PEOPLE or bool(mail_files.kind_of(content, name))
