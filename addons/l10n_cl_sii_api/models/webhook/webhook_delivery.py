import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import MANAGER, entry
from odoo.addons.l10n_cl_sii.models.access.unforeseen import unforeseen
from odoo.addons.l10n_cl_sii.models.access.vault import VaultClosed
from odoo.addons.l10n_cl_sii.models.base.big_integer import BigInteger

from ...transport import webhook as wire

# Pauses after a failed try, ever longer, the last one again and again until it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
GIVE_UP_AFTER = timedelta(days=3)
KEPT = timedelta(days=90)


class WebhookDelivery(models.Model):
    """An event on its way to a program; written in the transaction of what it announces.

    A program may get it twice when a worker dies before its answer is noted: ``id`` is the same.
    """

    _name = "l10n_cl.webhook.delivery"
    _description = "Event sent to a program"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin"]
    _legal_moves = {
        "pending": {"delivered", "failed", "pending"},
        "failed": {"pending"},
        "delivered": set(),
    }
    _order = "id desc"
    _rec_name = "event"

    # pending --taken--> delivered
    # pending --refused, or no answer, for days--> failed --retry--> pending
    state = fields.Selection(
        [("pending", "Pending"), ("delivered", "Delivered"), ("failed", "Not delivered")],
        required=True,
        default="pending",
        readonly=True,
    )
    webhook_id = fields.Many2one(
        "l10n_cl.webhook", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="webhook_id.company_id", store=True, index=True)
    event = fields.Char("Identifier", required=True, readonly=True)
    type = fields.Char(required=True, readonly=True)
    body = fields.Text(required=True, readonly=True)
    statement_id = fields.Many2one("l10n_cl.statement", readonly=True, index=True)
    dte_id = fields.Many2one("l10n_cl.dte", "Document", readonly=True, index="btree_not_null")
    generation = BigInteger(readonly=True, help="Of the document: it may be corrected.")
    reason = fields.Char(readonly=True, help="What was missing.")
    since = fields.Datetime(
        "Waits since", required=True, readonly=True, default=lambda _self: fields.Datetime.now()
    )
    delivered_at = fields.Datetime("Delivered on", readonly=True)
    status = fields.Integer("HTTP status", readonly=True)
    answer = fields.Char("Last answer", readonly=True, help="How it began.")

    _pending_first = models.Index("(next_attempt_at, id) WHERE state = 'pending'")
    _failures = models.Index("(id) WHERE state = 'failed'")
    _once = models.UniqueIndex(
        "(webhook_id, type, dte_id, generation) WHERE dte_id IS NOT NULL"
        " AND type != 'document.answered'",
        "This program is told of this already.",
    )
    _claim_order = "next_attempt_at, id"
    _queue = "deliver"
    _sends_to_others = True

    @api.model
    def _cron_deliver(self):
        """Send what is due."""
        due = [*self._due("pending"), ("webhook_id.active", "=", True)]
        self._process_queue(due, lambda delivery: delivery._deliver())

    def _deliver(self):
        self.attempts += 1
        webhook = self.webhook_id
        try:
            answer = wire.post(
                webhook.url,
                webhook._secret(),
                int(time.time()),
                self.body.encode(),
                webhook._is_simulated(),
            )
        except VaultClosed as closed:
            self.write({"status": 0, "answer": str(closed)})
            self._try_later()
            return
        except wire.NoAnswer as failure:
            self.write({"status": 0, "answer": self.env._("No answer: %s.", failure.reason)})
            self._try_later(with_others=True)
            return
        head = webhook.sudo().secret_id._masked(answer.head)
        self.write({"status": answer.status, "answer": head})
        if answer.is_taken:
            self._move_to("delivered", delivered_at=fields.Datetime.now())
            webhook.activity_unlink(["l10n_cl_sii_api.activity_webhook"])
        else:
            self._try_later()

    def _try_later(self, with_others=False):
        """After a pause, or never again. with_others: its address gets no other event till then."""
        now = fields.Datetime.now()
        at = now + PAUSES[min(self.attempts, len(PAUSES)) - 1]
        if at > self.since + GIVE_UP_AFTER:
            self._fail()
        else:
            self.next_attempt_at = at
            self._call_workers(at)
        if with_others:
            waiting = [*self._due("pending"), ("webhook_id", "=", self.webhook_id.id)]
            others = self.search(waiting).try_lock_for_update(allow_referencing=True) - self
            others.next_attempt_at = at
            self._call_workers(at)

    def _fail(self):
        self._move_to("failed", next_attempt_at=False)
        self.webhook_id._call_a_person(
            self.env._(
                "%(type)s was not delivered after %(tries)s tries. Last answer: %(answer)s",
                type=self.type,
                tries=self.attempts,
                answer=self.status or self.answer,
            )
        )

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and out of the queue until a person retries."""
        self.answer = unforeseen(self.env, error)
        self._fail()

    @entry("read", MANAGER)
    def action_retry(self):
        """Button: send it again, from now on for days."""
        stuck = self.sudo().filtered(lambda delivery: delivery.state != "delivered")
        now = fields.Datetime.now()
        stuck._move_to("pending", attempts=0, next_attempt_at=False, since=now)
        stuck.webhook_id.activity_unlink(["l10n_cl_sii_api.activity_webhook"])
        self._call_workers()

    def _note(self, text, answer="", before=None):
        """Its row is its history."""

    @api.autovacuum
    def _gc_old(self):
        """The log is to find faults of these days; documents keep a history of their own."""
        limit = fields.Datetime.now() - KEPT
        old = [("create_date", "<", limit), ("state", "!=", "pending")]
        self.search(old, limit=10_000).unlink()
