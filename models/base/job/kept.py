from datetime import timedelta

from odoo import api, fields, models

# Files are there to be fetched; lines explain a run that nobody asks about a year later. Its sum
# stays.
_FILES = timedelta(days=7)
_LINES = timedelta(days=365)
_BATCH = 10_000


class Job(models.Model):
    """What an ended job leaves behind is forgotten after a while: its sum is kept."""

    _inherit = "l10n_cl.job"

    @api.autovacuum
    def _forget_files(self):
        jobs = self.search([*self._ended_before(_FILES), ("file_ids", "!=", False)], limit=100)
        jobs.file_ids.unlink()
        return len(jobs), len(jobs) == 100

    @api.autovacuum
    def _forget_lines(self):
        lines = self.env["l10n_cl.job.line"]
        old = self.search([*self._ended_before(_LINES), ("line_ids", "!=", False)], limit=100)
        lines = lines.search([("job_id", "in", old.ids)], limit=_BATCH)
        lines.unlink()
        return len(lines), bool(old)

    def _ended_before(self, age):
        return [("state", "=", "done"), ("ended_at", "<", fields.Datetime.now() - age)]
