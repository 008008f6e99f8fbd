from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from ...sii.errors import Busy, CertificateProblem, NotSent
from ..base.news import tell
from .channels import BOLETA, CHANNELS, DTE

# So many exchanges in a row without an answer, and the SII is asked whether it is there at all.
_FAILURES_BEFORE_PING = 3
_PING_EVERY = timedelta(minutes=1)
# The row of the issuer is shared by all workers: an answer is noted once in this time.
_NOTE_ANSWERS_EVERY = timedelta(minutes=1)

PREFIXES = {DTE: "", BOLETA: "boleta_"}


class Issuer(models.Model):
    """When the SII is down, nothing is sent and no try is used up until it answers again.

    Each channel is a service of its own: one may be down while the other works.
    """

    _inherit = "l10n_cl.issuer"

    unanswered = fields.Integer(
        "Exchanges without an answer", readonly=True, copy=False, help="In a row, up to now."
    )
    unreachable_since = fields.Datetime("SII unreachable since", readonly=True, copy=False)
    last_answer_at = fields.Datetime("Last answer of the SII", readonly=True, copy=False)
    boleta_unanswered = fields.Integer(
        "Exchanges about boletas without an answer", readonly=True, copy=False
    )
    boleta_unreachable_since = fields.Datetime(
        "Boleta service unreachable since", readonly=True, copy=False
    )
    boleta_last_answer_at = fields.Datetime(
        "Last answer of the boleta service", readonly=True, copy=False
    )

    def _link(self, channel):
        """What is known of a channel: (unanswered, unreachable since, last answer)."""
        names = ("unanswered", "unreachable_since", "last_answer_at")
        return [self[PREFIXES[channel] + name] for name in names]

    def _write_link(self, channel, **values):
        self.write({PREFIXES[channel] + name: value for name, value in values.items()})

    def _is_news(self, channel):
        """Whether an answer of the SII changes what is known of it."""
        now = fields.Datetime.now()
        unanswered, unreachable_since, last_answer_at = self._link(channel)
        stale = not last_answer_at or last_answer_at < now - _NOTE_ANSWERS_EVERY
        return stale or unanswered or unreachable_since

    def _sii_answered(self, channel):
        """Note an answer, whatever it was."""
        _unanswered, unreachable_since, _last = self._link(channel)
        self._write_link(channel, last_answer_at=fields.Datetime.now(), unanswered=0)
        if unreachable_since:
            self._resume(channel)

    def _sii_did_not_answer(self, channel):
        """Note an exchange without an answer.

        Several in a row may be the fault of one service, or of one envelope: these have tries of
        their own. It is an outage only when the SII does not even answer a ping.
        """
        unanswered, unreachable_since, _last = self._link(channel)
        if unanswered + 1 < _FAILURES_BEFORE_PING:
            self._write_link(channel, unanswered=unanswered + 1)
        elif not unreachable_since:
            self._ping(channel)

    def _ping(self, channel):
        try:
            with self._gateway(channel) as gateway:
                gateway.ping()
        except (NotSent, Busy, CertificateProblem):
            # without a certificate nothing could be sent either
            self._pause(channel)
        else:
            self._sii_answered(channel)

    def _pause(self, channel):
        _unanswered, unreachable_since, _last = self._link(channel)
        if not unreachable_since:
            self._write_link(channel, unreachable_since=fields.Datetime.now())
            texts = {
                DTE: self.env._("The SII does not answer. Sending is paused."),
                BOLETA: self.env._(
                    "The SII's service for boletas does not answer. Sending boletas is paused."
                ),
            }
            self.message_post(body=texts[channel])
        tell(self.env, self.company_id)
        at = fields.Datetime.now() + _PING_EVERY
        self.env.ref("l10n_cl_sii.cron_ping")._trigger(at=at)

    def _resume(self, channel):
        """Everything that waited is due now, with all its tries: the outage was not its fault."""
        self._write_link(channel, unreachable_since=False)
        texts = {
            DTE: self.env._("The SII answers again. Sending goes on."),
            BOLETA: self.env._("The SII's service for boletas answers again. Sending goes on."),
        }
        self.message_post(body=texts[channel])
        waiting = self.env["l10n_cl.envio"].search(
            [
                ("issuer_id", "=", self.id),
                ("channel", "=", channel),
                ("state", "in", ("ready", "sent")),
            ]
        )
        tell(self.env, self.company_id)
        # what another worker holds is being taken care of
        mine = waiting.try_lock_for_update(allow_referencing=True)
        mine.write({"next_attempt_at": False})
        mine.filtered(lambda envio: envio.state == "ready").attempts = 0
        self._wake_queue()

    def _wake_queue(self):
        for queue in ("send", "poll", "probe"):
            self.env["l10n_cl.envio"]._wake(queue)

    @api.model
    def _cron_ping(self):
        """Ask the SII whether it is back, for each issuer that waits for it."""
        for channel in CHANNELS:
            field = f"{PREFIXES[channel]}unreachable_since"
            waiting = self.with_context(active_test=False).search([(field, "!=", False)])
            incidents = self.env["l10n_cl.incident"]
            for issuer in waiting.filtered(lambda each: not each.is_shut):
                # what it writes is read by the company's people
                spoken = issuer.with_context(lang=issuer.company_id.partner_id.lang)
                incidents._each_alone(spoken, lambda each, way=channel: each._ping(way))
                self.env["ir.cron"]._commit_progress(1)

    def _pause_text(self, channel):
        """Why nothing is sent over a channel at the moment; empty when it is."""
        if self.is_shut:
            return self._copy_text()
        _unanswered, unreachable_since, _last = self._link(channel)
        if not unreachable_since:
            return ""
        since = format_datetime(self.env, unreachable_since, dt_format="short")
        if channel == BOLETA:
            return self.env._(
                "The SII's service for boletas has been unreachable since %s. Boletas go out by "
                "themselves when it is back.",
                since,
            )
        return self.env._(
            "The SII has been unreachable since %s. Everything goes out by itself when it is back.",
            since,
        )
