from odoo import api, fields, models
from odoo.tools.misc import format_datetime
from odoo.tools.translate import LazyTranslate

from ..access.entry import INTERNAL

_lt = LazyTranslate(__name__)

# What an envelope on its way is waiting for, by its state.
_ENVIO = {
    "ready": _lt("It will be sent to the SII."),
    "sending": _lt("It is being sent to the SII."),
    "unknown": _lt(
        "It is not known whether the SII got it: the SII is asked before it is sent again."
    ),
    "sent": _lt("The SII is checking it."),
}


class Dte(models.Model):
    """No document waits without saying for what, and until when."""

    _inherit = "l10n_cl.dte"

    waiting_text = fields.Char("What happens next", compute="_compute_waiting_text")

    @api.depends(
        "state",
        "waits_for_id.state",
        "envio_id.state",
        "envio_id.sii_text",
        "envio_id.next_attempt_at",
    )
    def _compute_waiting_text(self):
        for dte in self:
            dte.waiting_text = dte.state in ("signed", "sent") and dte._waiting_text()

    def _waiting_text(self):
        """For people: what the SII said last, what comes next, and when."""
        envio, origin = self.envio_id, self.waits_for_id
        if not envio and origin and origin.state not in ("accepted", "objected"):
            return self.env._("It is sent once the SII has accepted %s.", origin.display_name)
        said = envio.sii_text and envio.sii_text.rstrip(".") + "."
        texts = [said, self.env._(_ENVIO.get(envio.state, _ENVIO["ready"]))]
        if envio.next_attempt_at and envio.next_attempt_at > fields.Datetime.now():
            at = format_datetime(self.env, envio.next_attempt_at, dt_format="short")
            texts.append(self.env._("Next step: %s.", at))
        return " ".join(filter(None, texts))


class AccountMove(models.Model):
    _inherit = "account.move"

    l10n_cl_dte_waiting_text = fields.Char(related="l10n_cl_dte_id.waiting_text", groups=INTERNAL)
