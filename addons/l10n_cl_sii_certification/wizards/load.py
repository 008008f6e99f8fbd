import base64

from odoo import fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.access.unforeseen import reads


class CertificationLoad(models.TransientModel):
    """The SII's text file, as it was downloaded."""

    _name = "l10n_cl.certification.load"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Load a test set of the SII"

    certification_id = fields.Many2one("l10n_cl.certification", required=True)
    file = fields.Binary("Text file", required=True)
    file_name = fields.Char()

    @entry("write", MANAGER)
    @reads("file_name")
    def action_load(self):
        """Show the cases of the file, and which of its sets the assistant cannot do."""
        self.ensure_one()
        unsupported = self.env["l10n_cl.certification.set"]._load(
            self.certification_id, base64.b64decode(self.file), self.file_name
        )
        if not unsupported:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Loaded, but for these sets, which must be made by hand: %s.",
                    ", ".join(unsupported),
                ),
                "type": "warning",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
