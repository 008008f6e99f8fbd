from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from ..sii.errors import Busy, CertificateProblem, NotSent

# So many exchanges in a row without an answer, and the SII is asked whether it is there at all.
_FAILURES_BEFORE_PING = 3
_PING_EVERY = timedelta(minutes=1)
# The row of the issuer is shared by all workers: an answer is noted once in this time.
_NOTE_ANSWERS_EVERY = timedelta(minutes=1)


class Issuer(models.Model):
    """When the SII is down, nothing is sent and no try is used up until it answers again."""

    _inherit = "l10n_cl.issuer"

    unanswered = fields.Integer(
        "Exchanges without an answer", readonly=True, copy=False, help="In a row, up to now."
    )
    unreachable_since = fields.Datetime("SII unreachable since", readonly=True, copy=False)
    last_answer_at = fields.Datetime("Last answer of the SII", readonly=True, copy=False)

    def _is_news(self):
        """Whether an answer of the SII changes what is known of it."""
        now = fields.Datetime.now()
        stale = not self.last_answer_at or self.last_answer_at < now - _NOTE_ANSWERS_EVERY
        return stale or self.unanswered or self.unreachable_since

    def _sii_answered(self):
        """Note an answer, whatever it said."""
        self.write({"last_answer_at": fields.Datetime.now(), "unanswered": 0})
        if self.unreachable_since:
            self._resume()

    def _sii_did_not_answer(self):
        """Note an exchange without an answer.

        Several in a row may be the fault of one service, or of one envelope: these have tries of
        their own. It is an outage only when the SII does not even answer a ping.
        """
        if self.unanswered + 1 < _FAILURES_BEFORE_PING:
            self.unanswered += 1
        elif not self.unreachable_since:
            self._ping()

    def _ping(self):
        try:
            with self._gateway() as gateway:
                gateway.ping()
        except (NotSent, Busy, CertificateProblem):
            # without a certificate nothing could be sent either
            self._pause()
        else:
            self._sii_answered()

    def _pause(self):
        if not self.unreachable_since:
            self.unreachable_since = fields.Datetime.now()
            self.message_post(body=self.env._("The SII does not answer. Sending is paused."))
        at = fields.Datetime.now() + _PING_EVERY
        self.env.ref("l10n_cl_sii.cron_ping")._trigger(at=at)

    def _resume(self):
        """Everything that waited is due now, with all its tries: the outage was not its fault."""
        self.unreachable_since = False
        self.message_post(body=self.env._("The SII answers again. Sending goes on."))
        waiting = self.env["l10n_cl.envio"].search(
            [("issuer_id", "=", self.id), ("state", "in", ("ready", "sent"))]
        )
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
        waiting = self.with_context(active_test=False).search([("unreachable_since", "!=", False)])
        for issuer in waiting:
            if not issuer.is_copy:
                # what it writes is read by the company's people
                issuer.with_context(lang=issuer.company_id.partner_id.lang)._ping()
                self.env["ir.cron"]._commit_progress(1)

    def _pause_text(self):
        """Why nothing is sent for this issuer at the moment; empty when it is."""
        if not self.unreachable_since:
            return ""
        since = format_datetime(self.env, self.unreachable_since, dt_format="short")
        return self.env._(
            "The SII has been unreachable since %s. Everything goes out by itself when it is back.",
            since,
        )


class Envio(models.Model):
    _inherit = "l10n_cl.envio"

    def _due(self, *states):
        return [*super()._due(*states), ("issuer_id.unreachable_since", "=", False)]

    def _sii_answered(self):
        if self.issuer_id._is_news():
            # what the SII said must not be lost to a conflict over the issuer's row
            self._commit()
            self.issuer_id._sii_answered()

    def _sii_did_not_answer(self):
        self._commit()
        self.issuer_id._sii_did_not_answer()


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    def _waiting_text(self):
        return self.issuer_id._pause_text() or super()._waiting_text()
