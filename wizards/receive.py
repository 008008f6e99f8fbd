from odoo import fields, models
from odoo.exceptions import UserError

from ..models.base_access import EMITTER, entry


class Receive(models.TransientModel):
    """Files of suppliers, loaded by hand."""

    _name = "l10n_cl.receive"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Load received tax documents"

    attachment_ids = fields.Many2many("ir.attachment", string="Files (XML or zip)")

    @entry("write", EMITTER)
    def action_load(self):
        """Keep the documents of all files, and show them; all files or none."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose the files that the supplier sent."))
        documents = self.env["l10n_cl.received.dte"]
        received = documents.union(
            *(
                documents._receive(file.raw, file.name, self.env.company)
                for file in self.attachment_ids
            )
        )
        return received._get_records_action(name=self.env._("Received Documents"))
