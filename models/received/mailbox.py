from odoo import models
from odoo.exceptions import UserError

from ...sii.exchange import their_answers as exchange_answers
from ...sii.mail import files as mail_files
from ...sii.xml import reader
from .texts import unread_text

_RESULT = "RESULTADO_ENVIO"


class Issuer(models.Model):
    """Documents and answers among the mails of the issuer's mailbox (casilla de intercambio)."""

    _inherit = "l10n_cl.issuer"

    def _take_part(self, name, content):
        """Use a file of a mail: answers to our documents, results of the SII (PROTOCOL 3.5), which
        explain verdicts only, or documents of suppliers.

        Raises UserError when it should be of use and is not.
        """
        kind = mail_files.kind_of(content, name)
        if kind == "xml" and exchange_answers.is_answer(content):
            return self.env["l10n_cl.dte"].sudo()._take_mailed_answers(content, self.company_id)
        if kind == "xml" and reader.root_name(content) == _RESULT:
            return self.env["l10n_cl.envio"].sudo()._read_result(content, mailed=True)
        if kind:
            return self._take_documents(name, content)
        if text := unread_text(self.env, content, name):
            raise UserError(text)
        return None

    def _take_documents(self, name, content):
        """Keep the documents of a mailed file; the mailbox reports what cannot be used."""
        sender = self.env.context.get("l10n_cl_sender", "")
        heavy = self.env["l10n_cl.received.heavy"]
        if heavy._is_heavy(content):
            text = heavy._keep(content, name, self.company_id, sender)._being_read_text()
            self.message_post(body=text)
            return
        documents = self.env["l10n_cl.received.dte"].sudo()
        _kept, refused = documents._receive_parts(content, name, self.company_id, sender)
        if refused:
            texts = [documents._refusal(part, text) for part, text in refused]
            self.message_post(body=documents._refusals(texts))
