from odoo import fields, models
from odoo.exceptions import UserError

from ...models.access.entry import MANAGER, entry


class TrackId(models.TransientModel):
    """Asks for the track id of an envelope whose receipt was lost, as the SII's portal shows it."""

    _name = "l10n_cl.track.id"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Track ID from the SII's portal"

    dte_id = fields.Many2one("l10n_cl.dte", "Document", readonly=True)
    sent_at = fields.Datetime("Sent from here", related="dte_id.envio_id.first_sent_at")
    track_id = fields.Char("Track ID")

    @entry("write", MANAGER)
    def action_follow(self):
        """Button: the SII is asked what became of that envelope."""
        document = self.dte_id.sudo()
        document._check_portal_decides(document.is_doubtful)
        track_id = (self.track_id or "").strip()
        if not (track_id.isascii() and track_id.isdigit() and 0 < int(track_id) < 10**18):
            raise UserError(self.env._("A track id is a number of at most 18 digits."))
        document.envio_id._follow_track_id(track_id)
