from collections import Counter

from odoo import fields, models

_MOST_REASONS = 10


class Job(models.Model):
    """The figures of a job, and its closing sum, which stays when its lines are forgotten."""

    _inherit = "l10n_cl.job"

    def _count(self):
        """Write the figures as the lines have them."""
        groups = self.env["l10n_cl.job.line"]._read_group(
            [("job_id", "=", self.id)], ["state"], ["__count", "pesos:sum"]
        )
        counts = {state: count for state, count, _pesos in groups}
        self.write(
            {
                "done": counts.get("done", 0),
                "failed": counts.get("failed", 0),
                "skipped": counts.get("skipped", 0),
                "pesos": sum(pesos or 0 for _state, _count, pesos in groups),
            }
        )

    def _end(self):
        self._rest()
        self._count()
        now = fields.Datetime.now()
        self.write({"state": "done", "ended_at": now, "text": False, "summary": self._sum_text()})

    def _sum_text(self):
        """The closing sum: how many, how much, and why the others were not done."""
        failed = self.env["l10n_cl.job.line"].search(
            [("job_id", "=", self.id), ("state", "in", ("failed", "skipped"))]
        )
        reasons = Counter(line.text or "" for line in failed).most_common()
        texts = [
            self.env._(
                "%(done)s of %(total)s done, %(pesos)s pesos; %(failed)s failed, %(skipped)s left.",
                done=self.done,
                total=self.total,
                pesos=f"{self.pesos:,}".replace(",", "."),
                failed=self.failed,
                skipped=self.skipped,
            ),
            *(f"{count} × {text}" for text, count in reasons[:_MOST_REASONS]),
        ]
        if len(reasons) > _MOST_REASONS:
            texts.append(self.env._("… and %s further reasons.", len(reasons) - _MOST_REASONS))
        return "\n".join(texts)
