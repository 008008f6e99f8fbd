from odoo import fields, models

from ...models.access.entry import MANAGER, entry
from ...models.base.big_integer import BigInteger


class CafUsed(models.TransientModel):
    """Up to which folio of a CAF another system has used it."""

    _name = "l10n_cl.caf.used"
    _description = "CAF used up to a folio"
    _inherit = ["l10n_cl.wizard.mixin"]

    caf_id = fields.Many2one("l10n_cl.caf", "CAF", required=True, readonly=True)
    up_to = BigInteger("Last folio used", required=True)
    why = fields.Char("Which system used them", required=True)

    @entry("write", MANAGER)
    def action_mark(self):
        """Button: its folios up to that one are never taken here."""
        self.ensure_one()
        self.caf_id.check_access("write")
        caf = self.caf_id.sudo()
        caf._mark_used_elsewhere(caf.first, self.up_to, self.why)
