from odoo import fields, models

from ...models.access.entry import EMITTER, entry


class RcvIgnore(models.TransientModel):
    """Asks why a difference between the register and Odoo does not matter."""

    _name = "l10n_cl.rcv.ignore"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Ignore differences with the SII's register"

    entry_ids = fields.Many2many("l10n_cl.rcv.entry", string="Entries", readonly=True)
    reason = fields.Char()

    @entry("write", EMITTER)
    def action_ignore(self):
        """Button: ignore these documents, for the reason that was written."""
        self.entry_ids._ignore(self.reason or self.env._("No reason given"))
