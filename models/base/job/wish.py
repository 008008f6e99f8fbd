from odoo import fields, models
from odoo.tools import SQL

from ...access.entry import VIEWER, entry
from .job import OPEN

_STOP, _GO_ON, _RETRY, _GIVE_UP = "stop", "go_on", "retry", "give_up"


class JobWish(models.Model):
    """What a person pressed while a worker held the job; the worker heeds it before its next piece.

    A row of its own, so that neither waits for the other.
    """

    _name = "l10n_cl.job.wish"
    _description = "What is wanted of a job"

    job_id = fields.Many2one("l10n_cl.job", required=True, index=True, ondelete="cascade")
    what = fields.Selection(
        [
            (_STOP, "Stop"),
            (_GO_ON, "Go on"),
            (_RETRY, "Try the failed ones again"),
            (_GIVE_UP, "Leave the rest"),
        ],
        required=True,
    )


class Job(models.Model):
    """The buttons of a job. Who asked for it and the managers see it, and press them."""

    _inherit = "l10n_cl.job"

    wish_ids = fields.One2many("l10n_cl.job.wish", "job_id", groups="base.group_system")

    @entry("read", VIEWER)
    def action_stop(self):
        """Button: no further piece; what is done stays done, and the rest waits."""
        self._wish(_STOP)

    @entry("read", VIEWER)
    def action_go_on(self):
        """Button: what was stopped goes on where it was."""
        self._wish(_GO_ON)

    @entry("read", VIEWER)
    def action_retry(self):
        """Button: what failed is tried once more."""
        self._wish(_RETRY)

    @entry("read", VIEWER)
    def action_give_up(self):
        """Button: what still waits is left as it is, and others may take it up."""
        self._wish(_GIVE_UP)

    def _wish(self, what):
        user = self.env.user
        for job in self.sudo():
            if job.try_lock_for_update(allow_referencing=True):
                job._fulfil(what, user)
            else:
                job.env["l10n_cl.job.wish"].with_user(user).sudo().create(
                    {"job_id": job.id, "what": what}
                )
        self.sudo()._call_workers()

    def _heed_wishes(self):
        """Do what people pressed since the last piece, in their order."""
        wishes = self.wish_ids.sorted("id")
        for wish in wishes:
            self._fulfil(wish.what, wish.create_uid)
        wishes.unlink()

    def _fulfil(self, what, user):
        if what == _STOP and self.state in OPEN:
            self._stop(self.env._("Stopped by %s.", user.name))
        if (what == _GO_ON and self.state == "stopped") or (
            what == _RETRY and self._failed_wait_again()
        ):
            self._begin_again()
        if what == _GIVE_UP and self.state != "done":
            text = self.env._("Left as it is by %s.", user.name)
            waiting = [("job_id", "=", self.id), ("state", "=", "waiting")]
            rest = self.env["l10n_cl.job.line"].search(waiting)
            rest.write({"state": "skipped", "text": text})
            self._end()

    def _begin_again(self):
        self._count()
        self.write(
            {"state": "waiting", "text": False, "summary": False, "attempts": 0, "ended_at": False}
        )

    def _failed_wait_again(self):
        """Let the failed lines wait, but those that another job has; whether there is one."""
        self.env.flush_all()
        query = SQL(
            """
            UPDATE l10n_cl_job_line line SET state = 'waiting', text = NULL
            WHERE job_id = %s AND state = 'failed' AND NOT EXISTS (
                SELECT 1 FROM l10n_cl_job_line other WHERE other.state = 'waiting'
                AND other.claim = line.claim AND other.res_id = line.res_id
            ) RETURNING id
            """,
            self.id,
        )
        found = self.env.execute_query(query)
        self.env.invalidate_all(flush=False)
        return bool(found)
