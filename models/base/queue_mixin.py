import logging
from collections import Counter

from psycopg2.extensions import TransactionRollbackError

from odoo import api, fields, models

from .incident import failure_text

_logger = logging.getLogger(__name__)

# Others that take work from the same queue cannot be quicker than we for ever.
_CLAIM_ATTEMPTS = 5


class QueueMixin(models.AbstractModel):
    """Work shared by several workers: claim, process, commit, one record at a time.

    A row lock is the sign of life of its worker: PostgreSQL drops it with the connection.
    This is the only place of the addon that commits.
    """

    _name = "l10n_cl.queue.mixin"
    _description = "Work that several workers share"

    # in which order the work is taken up
    _claim_order = "id"

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

    def _claim(self, domain):
        """Lock one record that nobody else works on; empty when there is none."""
        for _attempt in range(_CLAIM_ATTEMPTS):
            self._commit()
            try:
                found = self.search(domain, limit=8, order=self._claim_order)
                claimed = found.try_lock_for_update(allow_referencing=True, limit=1)
                return claimed.filtered_domain(domain)._in_language_of_company()
            except TransactionRollbackError:
                # SKIP LOCKED does not skip rows that changed after the snapshot was taken.
                self.env.cr.rollback()
        return self.browse()

    def _in_language_of_company(self):
        """Nobody is logged in where crons run: what they write is read by the company's people.

        Nor is anybody told by mail of each record that is his: a cron makes hundreds.
        """
        return self.with_context(
            lang=self.company_id.partner_id.lang, mail_auto_subscribe_no_notify=True
        )

    @api.model
    def _wake(self, queue, at=None):
        """Call the workers of a queue (``_cron_<queue>`` of this model, or of the envelopes), now
        or at a moment, after our commit.

        One scheduled action runs on one worker at a time, so a queue may have several that run
        the same method: its lanes. Those that are switched on are called.
        """
        mine = hasattr(self, f"_cron_{queue}")
        runs = [
            ("model_id.model", "=", self._name if mine else "l10n_cl.envio"),
            ("code", "=", f"model._cron_{queue}()"),
        ]
        for lane in self.env["ir.cron"].sudo().search_fetch(runs, ["active"]):
            lane._trigger(at=at)

    def _commit(self, processed=0):
        """Commit; returns the seconds that are left for this run."""
        seconds = self.env["ir.cron"]._commit_progress(processed)
        # what other workers committed meanwhile counts, not what we read before
        self.env.invalidate_all()
        return seconds

    def _process_queue(self, domain, process):
        """Run ``process(record)`` over all records of the domain, each in its own transactions.

        ``process`` must take the record out of the domain. If it cannot, the failure is
        written on the record, where a person sees it, and the queue goes on. If even that fails,
        an incident tells it and the record rests, ever longer.
        """
        domain = [*domain, *self._allowed()]
        resting = self.env["l10n_cl.incident"]._resting(self._name)
        left_alone = {record_id for record_id, rests in resting.items() if rests}
        conflicts = Counter()
        while record := self._claim([*domain, ("id", "not in", list(left_alone))]):
            seconds = None
            try:
                process(record)
                seconds = self._commit_alone(record, record.id in resting)
            except TransactionRollbackError as conflict:
                # A person changed a row of ours meanwhile: the step is due again at once.
                self.env.cr.rollback()
                conflicts[record.id] += 1
                if conflicts[record.id] == _CLAIM_ATTEMPTS:
                    # not for ever: the next run tries again
                    left_alone.add(record.id)
                    self._tell_of_conflicts(record, conflict)
            except Exception as error:
                # Whatever it is, it must not stop the queue nor stay in a log only.
                _logger.exception("%s %s could not be processed", record._name, record.id)
                self.env.cr.rollback()
                if not self._give_up(record, error, record.id in resting):
                    left_alone.add(record.id)
            if seconds is None:
                seconds = self._commit(processed=1)
            if not seconds:
                self._call_again()
                return

    def _allowed(self):
        """Domain of what may be worked on at all."""
        return []

    def _tell_of_conflicts(self, record, conflict):
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
            _logger.exception("%s %s cannot be told of at all", record._name, record.id)
            self.env.cr.rollback()

    def _commit_alone(self, record, was_told):
        """Commit what was done with one record, so that what goes wrong even then is its own."""
        if was_told:
            self.env["l10n_cl.incident"]._over(record)
        return self._commit(processed=1)

    def _give_up(self, record, error, was_told):
        """Write the failure on the record, unless others have taken it up meanwhile.

        Returns False when it cannot be written there and the record is to be left alone.
        """
        try:
            if mine := record.try_lock_for_update(allow_referencing=True):
                mine._process_failed(error)
            self._commit_alone(record, was_told)
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
        """Tell beside the record what happened to it."""
        text = failure_text(self.env, f"{type(error).__name__}: {error}. {failure}")
        try:
            self.env["l10n_cl.incident"]._put_off(record, text)
            self._commit()
        except Exception:
            # the log is all that is left; this run leaves the record alone, the next one tries
            _logger.exception("%s %s cannot be told of at all", record._name, record.id)
            self.env.cr.rollback()

    def _call_again(self):
        """Out of time: what is left is called for at once, not after the cron's interval."""
        self.env["ir.cron"].browse(self.env.context.get("cron_id"))._trigger()
        self._commit()

    def _process_failed(self, error):
        """Write an unexpected failure on the record, and keep it out of the queue meanwhile."""
        raise NotImplementedError
