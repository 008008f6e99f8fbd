"""In the browser: a hundred and one drafts are emitted by a job, which is stopped and goes on."""

from odoo.tests import HttpCase, new_test_user, tagged

from .job_case import JobCase


@tagged("post_install_l10n", "post_install", "-at_install", "is_tour")
class TestEmitManyTour(JobCase, HttpCase):
    def test_stop_and_go_on(self):
        new_test_user(
            self.env(su=True),
            login="clerk",
            name="clerk",
            groups="base.group_user,account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.load_caf(33)
        self.drafts(101)
        self.start_tour("/odoo", "l10n_cl_sii_emit_many", login="clerk")
        self.env.invalidate_all()
        (job,) = self.env["l10n_cl.job"].sudo().search([])
        self.assertEqual((job.state, self.figures(job)), ("waiting", (101, 0, 0, 0)))
