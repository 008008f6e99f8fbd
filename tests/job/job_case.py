"""Drafts, and jobs over them that the scheduled action works on."""

from ..base.test_queue_failures import FailureCase

_MOST_RUNS = 30


class JobCase(FailureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.careless = cls._create_customer(
            name="Sin Giro SpA", vat="77123456-9", l10n_cl_activity_description=False
        )

    def setUp(self):
        super().setUp()
        self.clerk = self.member("emisora", "account.group_account_invoice,base.group_user")
        # these tests read English, whatever the database speaks
        self.clerk.lang = "en_US"

    def drafts(self, count=3):
        """So many alike, created together."""
        first = self.draft()
        return first + first.create(first.copy_data() * (count - 1))

    def bad_draft(self):
        return self.draft(partner_id=self.careless.id)

    def ask(self, records, work="emit", user=None, size=None, **options):
        """The job that the clerk, or another, asks for; size: so many lines make a piece."""
        job = self.env["l10n_cl.job"].with_user(user or self.clerk)
        job = job._ask(work, records.with_user(user or self.clerk), options)
        if size:
            job.sudo().size = size
        return job

    def run_jobs(self):
        """As the scheduler does, again and again while the action calls itself."""
        open_jobs = [("state", "in", ("waiting", "running"))]
        for _run in range(_MOST_RUNS):
            self.run_alone("cron_work")
            if not self.env["l10n_cl.job"].sudo().search_count(open_jobs):
                return
        self.fail("a job does not come to its end")

    def line(self, job, record):
        return job.sudo().line_ids.filtered(lambda line: line.res_id == record.id)

    def figures(self, job):
        return (job.total, job.done, job.failed, job.skipped)
