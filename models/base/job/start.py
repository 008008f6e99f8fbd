from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .works import WORKS

# The order of the lines is that of the ids given; a line that another job has is left out.
_INSERT = """
    INSERT INTO l10n_cl_job_line
        (job_id, res_model, res_id, claim, state, create_uid, write_uid, create_date, write_date)
    SELECT %(job)s, %(model)s, given.id, %(claim)s, 'waiting', %(user)s, %(user)s,
        now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
    FROM unnest(%(ids)s) WITH ORDINALITY AS given (id, place)
    ORDER BY given.place
    ON CONFLICT (claim, res_id) WHERE state = 'waiting' DO NOTHING
    RETURNING res_id
"""


class Job(models.Model):
    """A job begins: one for each company of its records."""

    _inherit = "l10n_cl.job"

    @api.model
    def _ask(self, name, records, options=None):
        """Make jobs that do the work ``name`` with records, as the present user; one a company.

        What another job has already is no line that waits: it says who is about to do it. Raises
        AccessError to whoever may not ask for this, or may not read what he names.
        """
        work = WORKS[name]
        if not self.env.su and not self.env.user.has_group(work.group):
            label = self.env.ref(work.group).sudo().full_name
            raise AccessError(self.env._("You need the right “%s” for this.", label))
        records.check_access("read")
        jobs = self.sudo().browse()
        for company, those in work.in_order(records).grouped("company_id").items():
            job = jobs.create(
                {
                    "work": name,
                    "res_model": work.model,
                    "options": options or {},
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "total": len(those),
                    "size": work.most,
                }
            )
            job._take_records(those, work)
            jobs |= job
        jobs._call_workers()
        return jobs.with_env(self.env)

    def _take_records(self, records, work):
        """Write the lines: those that wait, and those that another job has."""
        self.env.flush_all()
        query = SQL(
            _INSERT,
            job=self.id,
            model=work.model,
            claim=work.claim or None,
            user=self.env.uid,
            ids=records.ids,
        )
        taken = {res_id for (res_id,) in self.env.execute_query(query)}
        self.env.invalidate_all(flush=False)
        if others := records.filtered(lambda record: record.id not in taken):
            self._leave_out(others, work)
            self._count()

    def _leave_out(self, records, work):
        lines = self.env["l10n_cl.job.line"]
        waiting = [("claim", "=", work.claim), ("res_id", "in", records.ids)]
        holders = lines.search([*waiting, ("state", "=", "waiting")])
        texts = {
            line.res_id: self.env._(
                "%(job)s of %(user)s is about to do it.",
                job=line.job_id.display_name,
                user=line.job_id.user_id.name,
            )
            for line in holders
        }
        lines.create(
            [
                {
                    "job_id": self.id,
                    "res_model": work.model,
                    "res_id": record.id,
                    "state": "skipped",
                    "text": texts.get(record.id),
                }
                for record in records
            ]
        )

    def _open(self):
        """The action that shows these jobs."""
        return self._get_records_action(name=self.env._("Jobs"))
