from odoo import models
from odoo.exceptions import UserError

from ..sii import exchange_answers
from ..sii.received_file import is_zip
from .base_access import MANAGER, entry


class Issuer(models.Model):
    """Documents and answers among the mails of the issuer's mailbox (casilla de intercambio)."""

    _inherit = "l10n_cl.issuer"

    @entry("write", MANAGER)
    def message_update(self, msg_dict, update_vals=None):
        sender = msg_dict.get("email_from") or msg_dict.get("from") or ""
        mailbox = self.with_context(l10n_cl_sender=sender)
        for attachment in msg_dict.get("attachments", []):
            if attachment.fname.lower().endswith(".zip"):
                mailbox._take_documents(attachment.fname, attachment.content)
        return super(Issuer, mailbox).message_update(msg_dict, update_vals)

    def _take_result(self, attachment):
        content = attachment.content
        if isinstance(content, str):
            content = content.encode("iso-8859-1", "xmlcharrefreplace")
        if exchange_answers.is_answer(content):
            return self._take_answers(attachment.fname, content)
        if b"<DTE" not in content:
            return super()._take_result(attachment)
        return self._take_documents(attachment.fname, content)

    def _take_answers(self, name, content):
        """Show what a customer says of documents of ours; the mailbox tells what is not usable."""
        try:
            self.env["l10n_cl.dte"].sudo()._take_mailed_answers(content, self.company_id)
        except UserError as problem:
            self.message_post(body=self.env._("%(file)s: %(reason)s", file=name, reason=problem))

    def _take_documents(self, name, content):
        """Keep the documents of a mailed file; the mailbox tells of a file that cannot be used."""
        if isinstance(content, str) or not (is_zip(content) or b"<DTE" in content):
            return
        documents = self.env["l10n_cl.received.dte"].sudo()
        try:
            documents._receive(
                content, name, self.company_id, self.env.context.get("l10n_cl_sender", "")
            )
        except UserError as problem:
            self.message_post(body=str(problem))
