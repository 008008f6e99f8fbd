import base64

from odoo import fields, models

from ...models.access.entry import EMITTER, entry
from ...models.access.unforeseen import reads
from ...sii.received import encoded_twice


class ReadResult(models.TransientModel):
    _name = "l10n_cl.read.result"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Read the SII's result mail"

    file = fields.Binary("XML file", required=True)
    file_name = fields.Char()

    @entry("write", EMITTER)
    @reads("file_name")
    def action_read(self):
        """Attach the reasons to the documents and show these."""
        self.ensure_one()
        data = encoded_twice.unwrapped(base64.b64decode(self.file))
        documents = self.env["l10n_cl.envio"]._read_result(data)
        if documents:
            return documents._get_records_action(name=self.env._("Explained by the SII"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._("The SII found no fault with any document of this envelope."),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
