import logging

from psycopg2.extensions import TransactionRollbackError

from odoo import fields, models

from .run import Run, Step, with_run

_logger = logging.getLogger(__name__)


class QueueMixin(models.AbstractModel):
    """Work shared by several workers: claim, process, commit, a record or a batch at a time.

    A row lock is the sign of life of its worker: PostgreSQL drops it with the connection.
    This is the only place of the addon that commits.
    """

    _name = "l10n_cl.queue.mixin"
    _description = "Work that several workers share"

    # in which order the work is taken up
    _claim_order = "id"
    # the required many2one whose records take turns: nobody's month end holds up another's
    _claim_turns = ""
    # the queue of this model: its scheduled actions run ``_cron_<_queue>()``
    _queue = ""
    # whether it goes to others than the SII, who would get it from a copy of the database as well
    _sends_to_others = False

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

    def _process_queue(self, domain, process, size=1):
        """Run ``process(records)`` over all records of the domain, ``size`` in a transaction.

        ``process`` must take them out of the domain, and may return those that it must be given
        alone. If a batch fails, each of its records is processed alone; if it fails alone, the
        failure is written on the record, where a person sees it, and the queue goes on. If even
        that fails, an incident reports it and the record rests, ever longer.
        """
        self._process_steps(Step(self, lambda: domain, process, size))

    def _process_steps(self, *steps):
        """The same over several kinds of work, in rounds, until nothing is left of any."""
        run = Run()
        with run.closing:
            busy = True
            while run.seconds and busy:
                # each of them has its turn
                busy = sum(step.queue._process_round(step, run) for step in steps)
            self._tell_news(run)
        if not run.seconds:
            self._call_again()

    def _process_round(self, step, run):
        """One step's share of a round; returns whether there was anything to do."""
        queue, busy = with_run(self, run), False
        for _batch in range(step.batches):
            domain = queue._domain_of(step, run)
            records = run.seconds and queue._claim(domain, step.size)
            if not records:
                break
            busy = True
            if len(records) == 1 or not step.together:
                records._process_one_by_one(domain, step.process, run, locked=records[:1])
            else:
                alone = records._process_together(step.process, run)
                alone._process_one_by_one(domain, step.process, run)
        return busy

    def _domain_of(self, step, run):
        """What a step may work on now."""
        name = self._name
        if name not in run.allowed:
            run.allowed[name] = self._allowed()
            run.resting[name] = self.env["l10n_cl.incident"]._resting(name)
            run.left_alone[name] = {each for each, rests in run.resting[name].items() if rests}
        return [*step.domain(), *run.allowed[name], ("id", "not in", list(run.left_alone[name]))]

    def _process_together(self, process, run):
        """All of them in one transaction; returns those that must be processed alone."""
        try:
            alone = process(self) or self.browse()
            (self - alone)._commit_done(run)
        except Exception:
            # whichever of them it is, each has its turn alone, and what it fails of is its own
            _logger.info("%s %s failed together", self._name, self.ids, exc_info=True)
            self.env.cr.rollback()
            return self
        return alone

    def _process_one_by_one(self, domain, process, run, locked=()):
        """Each in a transaction of its own, as long as there is time.

        A commit gives all locks back: those but ``locked`` are claimed again.
        """
        for record in self:
            if run.seconds and (record in locked or record._claim_again(domain)):
                record._process_alone(process, run)

    def _process_alone(self, process, run):
        """One record of a run, whatever becomes of it."""
        try:
            process(self)
            self._commit_done(run)
        except TransactionRollbackError as conflict:
            # A person changed a row of ours meanwhile: the step is due again at once.
            self.env.cr.rollback()
            self._process_conflict(conflict, run)
        except Exception as error:
            # Whatever it is, it must not stop the queue nor stay in a log only.
            _logger.exception("%s %s could not be processed", self._name, self.id)
            self.env.cr.rollback()
            self._process_failure(error, run)

    def _commit(self):
        """Commit, without a word on how far this run is."""
        # a context without progress: Odoo writes and commits a row for each call that has one
        self.env["ir.cron"].with_context(ir_cron_progress_id=False)._commit_progress()
        # what other workers committed meanwhile counts, not what we read before
        self.env.invalidate_all()

    def _commit_done(self, run):
        """Commit what was done with these records, and note that they are no longer a failure."""
        for record in self:
            if record.id in run.resting.get(self._name, ()):
                self.env["l10n_cl.incident"]._over(record)
        run.seconds = self._commit_processed(len(self))

    def _commit_processed(self, count):
        """Commit, and state how far this run is; returns the seconds that are left for it."""
        seconds = self.env["ir.cron"]._commit_progress(count)
        self.env.invalidate_all()
        return seconds

    def _tell_news(self, run):
        """At the end of a run: open pages hear what it has not told yet."""
        # news imports this package
        from ..news import send_rest

        if send_rest(self.env, run):
            self._commit()

    def _call_again(self):
        """Out of time: what is left is called for at once, not after the cron's interval."""
        self.env["ir.cron"].browse(self.env.context.get("cron_id"))._trigger()
        self._commit()
