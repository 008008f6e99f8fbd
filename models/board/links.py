from datetime import timedelta

from odoo import api, fields, models

from ..base.today import today
from ..issuer.channels import BOLETA, DTE
from ..issuer.outage import PREFIXES
from .words import hour, rut_written

_SOON, _NOW = timedelta(days=30), timedelta(days=7)
_LONG_AGO = timedelta(days=1)


class Board(models.AbstractModel):
    """Who signs, until when, and when each service of the SII answered last."""

    _inherit = "l10n_cl.board"

    @api.model
    def _signer(self, issuer):
        """Holder, RUT and days of the certificate; False without one."""
        end = issuer.certificate_until
        if not end:
            return False
        left = end - fields.Datetime.now()
        days = left.days
        if left < timedelta():
            text = self.env._("Expired")
        elif days == 1:
            text = self.env._("Ends in 1 day")
        else:
            text = self.env._("Ends in %s days", days)
        return {
            "name": issuer.certificate_holder,
            "rut": rut_written(issuer.sender_rut),
            "text": text,
            "level": "bad" if left < _NOW else "look" if left < _SOON else "good",
        }

    @api.model
    def _services(self, issuer, read_at):
        """Name, hour and level of each service. read_at: when the register was read last."""
        ours = [("issuer_id", "in", issuer.ids)]
        documents = [*ours, ("channel", "=", DTE), ("first_sent_at", "!=", False)]
        of_company = [("company_id", "in", issuer._companies().ids)]
        sent = self._last("l10n_cl.envio", documents, "first_sent_at")
        claims = [*of_company, ("state", "in", ("done", "refused"))]
        mails = [*of_company, ("sender", "!=", False)]
        late = read_at and read_at < fields.Datetime.now() - _LONG_AGO
        return [
            self._service("upload", self.env._("DTE upload"), sent, self._is_down(issuer, DTE)),
            self._service(
                "boleta",
                self.env._("Boletas"),
                issuer.boleta_last_answer_at,
                self._is_down(issuer, BOLETA),
            ),
            self._service(
                "status",
                self.env._("Envelope status"),
                issuer.last_answer_at,
                self._is_down(issuer, DTE),
            ),
            self._service(
                "claims", self.env._("Claims"), self._last("l10n_cl.claim", claims, "write_date")
            ),
            self._service("register", self.env._("Register (RCV)"), read_at, late=bool(late)),
            self._service(
                "mailbox",
                self.env._("Mailbox"),
                self._last("l10n_cl.received.dte", mails, "create_date"),
            ),
        ]

    def _service(self, name, label, moment, down=False, late=False):
        if down:
            text, level = self.env._("no answer"), "bad"
        elif not moment:
            text, level = self.env._("not yet"), "wait"
        else:
            text = hour(self.env, moment, today(self.env.company))
            level = "look" if late else "good"
        return {"name": name, "label": label, "text": text, "level": level}

    def _is_down(self, issuer, channel):
        return bool(issuer[f"{PREFIXES[channel]}unreachable_since"])

    def _last(self, model, domain, field):
        """The moment of the newest row; one step in the index of ids."""
        return self.env[model].sudo().search(domain, order="id desc", limit=1)[field]
