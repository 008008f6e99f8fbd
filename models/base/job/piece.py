import time

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ...access.unforeseen import attempt, unforeseen
from .job import OPEN
from .works import WORKS, Outcome

# Seconds of a piece: after a longer one they become smaller, after a shorter one larger.
_SHORT, _LONG = 1.5, 3
# After so many tries at one document, the last of them at it alone, it is the document's fault.
_MOST_TRIES = 4
# and after so many not even that can be written
_HOPELESS = 10


class Job(models.Model):
    """A job is worked on: a piece of its lines, one transaction, and the next job has its turn.

    That a piece is begun is committed before. Whatever ends it without a result (a killed process,
    a conflict, an error at the very commit) makes the next try a smaller one, down to the one
    document that does it; that one fails alone.
    """

    _inherit = "l10n_cl.job"

    @api.model
    def _cron_work(self):
        """Do pieces of all open jobs in turn, as long as there is time."""
        # what was pressed too late for a job's last piece
        self._process_queue([("wish_ids", "!=", False)], lambda job: job._heed_wishes())
        self._process_queue(self._due(*OPEN), lambda job: job._work())

    def _work(self):
        """The next piece. Commits that it is begun; the caller commits what it did."""
        self._heed_wishes()
        if self.state in OPEN and self._begin():
            self.with_context(lang=self.user_id.lang)._do_piece()

    def _begin(self):
        """Commit the try; whether the job is still ours then."""
        tries, now = self.attempts + 1, fields.Datetime.now()
        self.write(
            {
                "state": "running",
                "attempts": tries,
                "size": self.size if tries == 1 else max(1, self.size // 4),
                "started_at": self.started_at or now,
                "worked_at": now,
            }
        )
        self._prepare()
        self._commit()
        locked = self.try_lock_for_update(allow_referencing=True)
        return bool(locked) and self.state == "running" and self.attempts == tries

    def _prepare(self):
        """What the piece needs beforehand; what keeps it from that, the piece itself tells."""
        if (work := WORKS.get(self.work)) and (lines := self._next_lines()):
            records = self.env[self.res_model].sudo().browse(lines.mapped("res_id")).exists()
            records = records.with_context(allowed_company_ids=self.company_id.ids)
            attempt(records, lambda those: work.prepare(self, those))

    def _next_lines(self):
        waiting = [("job_id", "=", self.id), ("state", "=", "waiting")]
        return self.env["l10n_cl.job.line"].search(waiting, order="id", limit=self.size)

    def _do_piece(self):
        began, work = time.monotonic(), WORKS.get(self.work)
        lines = self._next_lines()
        records = self._as_asker(lines)
        if len(lines) == 1 and self.attempts > _MOST_TRIES:
            lines.write({"state": "failed", "text": self._broken_off_text()})
        elif obstacle := self._obstacle(work, records):
            self._stop(obstacle, attempts=0)
            return
        elif not lines:
            if work.close(self):
                self._end()
        else:
            self._note_outcomes(lines, self._outcomes(work, records))
        self._count()
        size = self._next_size(work, time.monotonic() - began)
        self.write({"attempts": 0, "text": False, "size": size})

    def _next_size(self, work, seconds):
        """Of the piece after one that took so long: others wait for its rows no longer."""
        if seconds > _LONG:
            return max(1, self.size // 2)
        return min(work.most, 2 * self.size) if seconds < _SHORT else self.size

    def _as_asker(self, lines):
        """The records of lines, with the rights of who asked, in the company of the job."""
        user = self.user_id
        records = self.env[self.res_model].browse(lines.mapped("res_id"))
        return records.with_user(user).with_context(
            allowed_company_ids=self.company_id.ids, lang=user.lang, tz=user.tz
        )

    def _obstacle(self, work, records):
        """Why the whole job must wait for a person; empty when it can go on."""
        if work is None:
            return self.env._("What it does is of an addon that is not installed any more.")
        user = self.user_id
        if user.id == SUPERUSER_ID:
            return work.obstacle(self, records)
        if not user.active or self.company_id not in user.company_ids:
            return self.env._("Whoever asked for it works here no more.")
        if not user.has_group(work.group):
            return self.env._("%s may not do this any more.", user.name)
        return work.obstacle(self, records)

    def _outcomes(self, work, records):
        """Outcome of each record, or the sentence of what kept it, by record.

        All together; where that fails, each on its own.
        """

        def do(those):
            found = those.exists()
            outcomes = {
                each: Outcome(self.env._("It was deleted."), skipped=True) for each in those
            }
            for record in found:
                text = work.skipped_text(self, record)
                outcomes[record] = Outcome(text, skipped=bool(text))
            going = found.filtered(lambda record: not outcomes[record].skipped)
            return outcomes | (work.do(self, going) if going else {})

        outcomes, reason = attempt(records, do)
        if not reason:
            return outcomes
        if len(records) == 1:
            return {records: reason}
        alone = {record: attempt(record, do) for record in records}
        return {record: reason or outcomes[record] for record, (outcomes, reason) in alone.items()}

    def _note_outcomes(self, lines, outcomes):
        outcomes = {record.id: outcome for record, outcome in outcomes.items()}
        for line in lines:
            outcome = outcomes[line.res_id]
            if isinstance(outcome, str):
                line.write({"state": "failed", "text": outcome})
                continue
            line.write(
                {
                    "state": "skipped" if outcome.skipped else "done",
                    "text": outcome.text,
                    "result_model": outcome.result._name if outcome.result else False,
                    "result_id": outcome.result.id if outcome.result else False,
                    "pesos": outcome.pesos,
                }
            )

    def _broken_off_text(self):
        text = self.env._(
            "%s tries were broken off: the server was stopped at it, or others changed it "
            "meanwhile. Try it again.",
            self.attempts - 1,
        )
        return f"{text} {self.text or ''}".strip()

    def _process_failed(self, error):
        """The piece was undone as a whole: the next try is a smaller one, and tells this."""
        text = str(error) if isinstance(error, UserError) else unforeseen(self.env, error)
        self.wish_ids.unlink()
        if self.attempts > _HOPELESS:
            self._stop(text)
        else:
            self.text = text

    def _stop(self, text, **values):
        """No further piece until a person lets it go on."""
        self.write({"state": "stopped", "text": text, **values})
        self._rest()

    def _rest(self):
        """Nothing is kept ready for a piece that may never come."""
        if work := WORKS.get(self.work):
            work.rest(self)
