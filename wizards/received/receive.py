from odoo import fields, models
from odoo.exceptions import UserError

from ...models.access.entry import EMITTER, entry


class Receive(models.TransientModel):
    """Files of suppliers, loaded by hand."""

    _name = "l10n_cl.receive"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Load received tax documents"

    attachment_ids = fields.Many2many("ir.attachment", string="Files (XML or zip)")

    @entry("write", EMITTER)
    def action_load(self):
        """Keep the documents of all files and show them; what cannot be kept is reported by name.

        Big files are read later. Raises UserError when nothing of any file can be used.
        """
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose the files that the supplier sent."))
        documents = self.env["l10n_cl.received.dte"]
        received, texts, later = documents, [], self.env["l10n_cl.received.heavy"]
        for file in self.attachment_ids:
            if later._is_heavy(file.raw or b""):
                later |= later._keep(file.raw, file.name, self.env.company)
                continue
            try:
                kept, refused = documents._receive_with_refusals(
                    file.raw or b"", file.name, self.env.company
                )
            except UserError as problem:
                texts.append(str(problem))
            else:
                received |= kept
                texts += refused
        if not received and not later:
            raise UserError(documents._refusals(texts))
        texts += [heavy._being_read_text() for heavy in later]
        return self._shown(received or later, documents._refusals(texts))

    def _shown(self, records, text):
        """The records, and what else people must know."""
        action = records._get_records_action(
            name=self.env._("Received Documents")
            if records._name == "l10n_cl.received.dte"
            else self.env._("Files Being Read")
        )
        if not text:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": text, "type": "warning", "sticky": True, "next": action},
        }
