import logging
from collections import Counter

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models

from .incident import failure_text

_logger = logging.getLogger(__name__)

# Others that take work from the same queue cannot be quicker than we for ever.
_CLAIM_ATTEMPTS = 5


class _Run:
    """What one run of a queue learns of its records. resting: of earlier runs, id -> still is."""

    def __init__(self, resting):
        self.resting = resting
        self.left_alone = {record_id for record_id, rests in resting.items() if rests}
        self.conflicts = Counter()


class QueueMixin(models.AbstractModel):
    """Work shared by several workers: claim, process, commit, one record at a time.

    A row lock is the sign of life of its worker: PostgreSQL drops it with the connection.
    This is the only place of the addon that commits.
    """

    _name = "l10n_cl.queue.mixin"
    _description = "Work that several workers share"

    # in which order the work is taken up
    _claim_order = "id"
    # the queue of this model: its scheduled actions run ``_cron_<_queue>()``
    _queue = ""
    # whether it goes to others than the SII, who would get it from a copy of the database as well
    _sends_to_others = False
    # so many records declare their intent at once
    _batch_size = 1

    attempts = fields.Integer(readonly=True, copy=False)
    next_attempt_at = fields.Datetime(
        readonly=True, copy=False, help="Not before this moment the next step is tried."
    )

    def _due(self, *states):
        """Domain of the records in one of the states whose time has come."""
        return [
            ("state", "in", states),
            "|",
            ("next_attempt_at", "=", False),
            ("next_attempt_at", "<=", fields.Datetime.now()),
        ]

    def _claim(self, domain, size=1):
        """Lock records that nobody else works on, so many at most; empty when there is none."""
        for _attempt in range(_CLAIM_ATTEMPTS):
            self._commit()
            try:
                found = self.search(domain, limit=7 + size, order=self._claim_order)
                claimed = found.try_lock_for_update(allow_referencing=True, limit=size)
                return claimed.filtered_domain(domain)._in_language_of_company()
            except TransactionRollbackError:
                # SKIP LOCKED does not skip rows that changed after the snapshot was taken.
                self.env.cr.rollback()
        return self.browse()

    def _in_language_of_company(self):
        """Nobody is logged in where crons run: what they write is read by the company's people.

        Nor does anybody get a mail for each record that is his: a cron makes hundreds.
        """
        return self.with_context(
            lang=self.company_id.partner_id.lang, mail_auto_subscribe_no_notify=True
        )

    @api.model
    def _call_workers(self, at=None):
        """Call the workers of this model's queue, now or at a moment, after our commit."""
        self._wake(self._queue, at)

    @api.model
    def _wake(self, queue, at=None):
        """The same for one of the several queues of a model.

        One scheduled action runs on one worker at a time, so a queue may have several that run
        the same method: its lanes. Those that are switched on are called.
        """
        runs = [("model_id.model", "=", self._name), ("code", "=", f"model._cron_{queue}()")]
        for lane in self.env["ir.cron"].sudo().search_fetch(runs, ["active"]):
            lane._trigger(at=at)

    def _commit(self, processed=0):
        """Commit; returns the seconds that are left for this run."""
        seconds = self.env["ir.cron"]._commit_progress(processed)
        # what other workers committed meanwhile counts, not what we read before
        self.env.invalidate_all()
        return seconds

    def _process_queue(self, domain, process, size=1, prepare=None):
        """Run ``process(record)`` over all records of the domain, each in its own transactions.

        ``process`` must take the record out of the domain. If it cannot, the failure is
        written on the record, where a person sees it, and the queue goes on. If even that fails,
        an incident reports it and the record rests, ever longer.

        size: so many are claimed at once, and ``prepare(records)`` runs before the first of them.
        """
        domain = [*domain, *self._allowed()]
        run = _Run(self.env["l10n_cl.incident"]._resting(self._name))
        while records := self._claim([*domain, ("id", "not in", list(run.left_alone))], size):
            if prepare and len(records) > 1:
                prepare(records)
            for record in records:
                seconds = self._process_alone(record, process, run)
            if not seconds:
                self._call_again()
                return

    def _process_alone(self, record, process, run):
        """One record of a run, whatever becomes of it; returns the seconds that are left."""
        seconds = None
        try:
            process(record)
            seconds = self._commit_alone(record, record.id in run.resting)
        except TransactionRollbackError as conflict:
            # A person changed a row of ours meanwhile: the step is due again at once.
            self.env.cr.rollback()
            run.conflicts[record.id] += 1
            if run.conflicts[record.id] == _CLAIM_ATTEMPTS:
                # not for ever: the next run tries again
                run.left_alone.add(record.id)
                self._note_conflicts(record, conflict)
        except Exception as error:
            # Whatever it is, it must not stop the queue nor stay in a log only.
            _logger.exception("%s %s could not be processed", record._name, record.id)
            self.env.cr.rollback()
            if not self._give_up(record, error, record.id in run.resting):
                run.left_alone.add(record.id)
        return self._commit(processed=1) if seconds is None else seconds

    def _process_once(self, domain, act):
        """Intent, commit, lock, act: for what must not be done twice, a mail, an upload, a claim.

        In goes what is due. A batch declares its intent in one transaction (state ``sending``, one
        more attempt), or each alone where that fails. Then, one by one, the row is locked again as
        sign of life of its worker, and ``act(record)`` does it and writes the outcome.

        Never: acting before the intent is committed, or twice for one intent. What is ``sending``
        and locked by nobody was interrupted: the model finds out what became of it.
        """
        domain = list(domain)
        intents = {}

        def intend_together(records):
            try:
                intents.update(records.filtered(lambda each: each._may_act())._declare_intent())
            except Exception:
                # whichever of them it is, the others have their turn
                _logger.exception("%s: no intent for %s", self._name, records.ids)
                self.env.cr.rollback()

        def act_once(record):
            attempt = intents.pop(record.id, None)
            if attempt is None:
                mine = record.try_lock_for_update(allow_referencing=True).filtered_domain(domain)
                attempt = mine._may_act() and mine._declare_intent()[record.id] if mine else None
            if attempt and record._still_intends(attempt):
                act(record)

        self._process_queue(domain, act_once, self._batch_size, intend_together)

    def _may_act(self):
        """Whether this record can be acted on now; what cannot leaves the domain by itself."""
        return True

    def _intent(self):
        """What is written with the intent: values of ``_move_to``."""
        return {}

    def _declare_intent(self):
        """Record that we are about to act, and commit; id -> number of the attempt."""
        attempts = {record.id: record.attempts + 1 for record in self}
        for record in self:
            record._move_to("sending", attempts=attempts[record.id], **record._intent())
        self._commit()
        return attempts

    def _still_intends(self, attempt):
        """Lock the row again; whether nobody took the attempt from us meanwhile."""
        locked = self.try_lock_for_update(allow_referencing=True)
        return bool(locked) and self.state == "sending" and self.attempts == attempt

    def _note_conflicts(self, record, conflict):
        """Others have always been quicker: no failure yet, but a person should know if it stays."""
        text = self.env._(
            "Whenever its turn came somebody was changing it. It is tried again by itself. (%s)",
            type(conflict).__name__,
        )
        try:
            self.env["l10n_cl.incident"]._conflict(record, text)
            self._commit()
        except Exception:
            # the log is all that is left; the next run tries again
            _logger.exception("%s %s cannot be noted at all", record._name, record.id)
            self.env.cr.rollback()

    def _commit_alone(self, record, had_failed):
        """Commit what was done with one record, so that what goes wrong even then is its own."""
        if had_failed:
            self.env["l10n_cl.incident"]._over(record)
        return self._commit(processed=1)

    def _give_up(self, record, error, had_failed):
        """Write the failure on the record, unless others have taken it up meanwhile.

        Returns False when it cannot be written there and the record is to be left alone.
        """
        try:
            if mine := record.try_lock_for_update(allow_referencing=True):
                mine._process_failed(error)
            self._commit_alone(record, had_failed)
        except TransactionRollbackError:
            self.env.cr.rollback()
        except Exception as failure:
            # The failure itself fails, on an automation or constraint that we do not know.
            _logger.exception("The failure of %s %s cannot be written", record._name, record.id)
            self.env.cr.rollback()
            self._put_off(record, error, failure)
            return False
        return True

    def _put_off(self, record, error, failure):
        """Note in an incident what happened to the record."""
        text = failure_text(self.env, f"{type(error).__name__}: {error}. {failure}")
        try:
            self.env["l10n_cl.incident"]._put_off(record, text)
            self._commit()
        except Exception:
            # the log is all that is left; this run leaves the record alone, the next one tries
            _logger.exception("%s %s cannot be noted at all", record._name, record.id)
            self.env.cr.rollback()

    def _call_again(self):
        """Out of time: what is left is called for at once, not after the cron's interval."""
        self.env["ir.cron"].browse(self.env.context.get("cron_id"))._trigger()
        self._commit()

    def _process_failed(self, error):
        """Write an unexpected failure on the record, and keep it out of the queue meanwhile."""
        raise NotImplementedError
