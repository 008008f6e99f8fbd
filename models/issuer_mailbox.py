from odoo import models
from odoo.exceptions import UserError

from .base_access import MANAGER, entry


class Issuer(models.Model):
    """An address that the SII, or a rule in the company's mailbox, sends result mails to."""

    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "mail.alias.mixin.optional"]

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(self._name)
        if self.id:
            values["alias_force_thread_id"] = self.id
        return values

    @entry("write", MANAGER)
    def message_update(self, msg_dict, update_vals=None):
        """A mail came in: read the results of the SII among its files (PROTOCOL 3.5).

        Who wrote it proves nothing, hence a result explains verdicts only; the mail itself stays
        on the issuer, with a note when a file could not be used.
        """
        for attachment in msg_dict.get("attachments", []):
            if attachment.fname.lower().endswith(".xml"):
                self._take_result(attachment)
        return super().message_update(msg_dict, update_vals)

    def _take_result(self, attachment):
        content = attachment.content
        if isinstance(content, str):
            content = content.encode("iso-8859-1", "xmlcharrefreplace")
        try:
            self.env["l10n_cl.envio"].sudo()._read_result(content, mailed=True)
        except UserError as error:
            text = self.env._("%(file)s: %(reason)s", file=attachment.fname, reason=error)
            self.message_post(body=text)
