from odoo import api, fields, models
from odoo.exceptions import UserError

from .base_access import MANAGER, entry


class Dte(models.Model):
    """A verdict that only the SII's portal shows.

    Without a track id, its services do not tell a rejected document from one that never came
    (PROTOCOL 3.3): a person looks, and says so.
    """

    _inherit = "l10n_cl.dte"

    is_unseen = fields.Boolean(
        "Not shown by the SII",
        compute="_compute_is_unseen",
        help="The SII took its file, whose track id was lost, and does not show the document.",
    )

    @api.depends("state", "envio_id.stopped_in", "envio_id.track_id")
    def _compute_is_unseen(self):
        for dte in self:
            envio = dte.envio_id
            dte.is_unseen = (
                dte.state == "exception" and envio.stopped_in == "sent" and not envio.track_id
            )

    @entry("read", MANAGER)
    def action_rejected_on_portal(self):
        """Button: the portal shows it as rejected. It is corrected with the same folio."""
        for document in self.sudo():
            if not document.is_unseen:
                raise UserError(
                    self.env._("The SII itself tells what became of %s.", document.display_name)
                )
            document._move_to(
                "rejected",
                self.env._("Rejected, as the SII's portal shows."),
                sii_text=self.env._("Rejected, as the SII's portal shows."),
            )
            if all(each.state != "exception" for each in document.envio_id.dte_ids):
                document.envio_id._move_to(
                    "processed", self.env._("Each of its documents is decided.")
                )
