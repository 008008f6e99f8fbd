from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access.entry import MANAGER, entry


class Dte(models.Model):
    """A verdict that only the SII's portal shows.

    Without a track id, a rejected document looks to the SII's services like one that never came
    (PROTOCOL 3.3): a person looks, and decides.
    """

    _inherit = "l10n_cl.dte"

    is_unseen = fields.Boolean(
        "Not shown by the SII",
        compute="_compute_is_unseen",
        help="The SII took its file, whose track id was lost, and does not show the document.",
    )

    is_doubtful = fields.Boolean(
        "Perhaps another's",
        compute="_compute_is_doubtful",
        help="The SII holds an equal document and does not tell whether it is this one.",
    )

    @api.depends("state", "envio_id.in_doubt")
    def _compute_is_doubtful(self):
        for dte in self:
            dte.is_doubtful = dte.state == "exception" and dte.envio_id.in_doubt

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
            document._check_portal_decides(document.is_unseen)
            text = self.env._("Rejected, as the SII's portal shows.")
            document._decide_by_portal("rejected", text)

    @entry("read", MANAGER)
    def action_foreign_on_portal(self):
        """Button: the portal shows another system's document under the folio."""
        for document in self.sudo():
            document._check_portal_decides(document.is_doubtful)
            text = self.env._("Another system's document, as the SII's portal shows.")
            document._decide_by_portal("foreign", text)

    @entry("read", MANAGER)
    def action_track_id_on_portal(self):
        """Button: the portal shows the envelope that was sent from here; asks for its track id."""
        self.ensure_one()
        self.sudo()._check_portal_decides(self.sudo().is_doubtful)
        wizard = self.env["l10n_cl.track.id"].create({"dte_id": self.id})
        return wizard._get_records_action(target="new", name=self.env._("Track ID"))

    def _check_portal_decides(self, is_so):
        if not is_so:
            raise UserError(
                self.env._("The SII itself tells what became of %s.", self.display_name)
            )

    def _decide_by_portal(self, state, text):
        """What a person saw; the envelope ends with its last document."""
        self._move_to(state, text, sii_text=text)
        envio = self.envio_id
        if envio.state == "exception" and all(each.state != "exception" for each in envio.dte_ids):
            envio._move_to("processed", self.env._("Each of its documents is decided."))
