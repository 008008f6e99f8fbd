"""Work over many records: in pieces, as who asked for it; what fails is explained on its line."""

from odoo.exceptions import AccessError

from ...models.base.job.works import WORKS
from .job_case import JobCase


class TestJob(JobCase):
    def test_it_says_what_it_did(self):
        moves = self.drafts()
        job = self.ask(moves)
        self.assertEqual((job.state, job.progress), ("waiting", 0))
        self.run_jobs()
        self.assertEqual((job.state, job.progress, job.text), ("done", 100, False))
        self.assertEqual(self.figures(job), (3, 3, 0, 0))
        self.assertEqual(job.pesos, 3 * 1190)
        self.assertIn("3 of 3 done, 3.570 pesos", job.summary)
        line = self.line(job, moves[0])
        self.assertEqual((line.state, line.text), ("done", moves[0].name))
        self.assertEqual(line.result_model, "l10n_cl.dte")
        self.assertEqual(line.result_id, moves[0].l10n_cl_dte_id.id)
        self.assertTrue(job.started_at <= job.ended_at)

    def test_piece_by_piece(self):
        moves = self.drafts(5)
        job = self.ask(moves, size=2)
        self.run_jobs()
        self.assertEqual(self.figures(job), (5, 5, 0, 0))

    def test_pieces_of_a_second_or_two(self):
        """Whoever posts the same type meanwhile waits for one piece at most."""
        job, work = self.ask(self.drafts(1)).sudo(), WORKS["emit"]
        job.size = 20
        sizes = [job._next_size(work, seconds) for seconds in (0.5, 2, 8)]
        self.assertEqual(sizes, [40, 20, 10])
        job.size = work.most
        self.assertEqual(job._next_size(work, 0.5), work.most)
        job.size = 1
        self.assertEqual(job._next_size(work, 8), 1)

    def test_as_who_asked(self):
        moves = self.drafts()
        reader = self.member("lectora", "account.group_account_readonly,base.group_user")
        with self.assertRaisesRegex(AccessError, "Document Emitter"):
            self.ask(moves, user=reader)
        job = self.ask(moves)
        self.run_jobs()
        self.assertEqual(moves.l10n_cl_dte_id.create_uid, self.clerk)
        self.assertEqual(job.user_id, self.clerk)

    def test_who_left_posts_nothing(self):
        moves = self.drafts()
        job = self.ask(moves)
        self.clerk.active = False
        self.run_jobs()
        self.assertEqual(job.state, "stopped")
        self.assertIn("works here no more", job.text)
        self.assertEqual(set(moves.mapped("state")), {"draft"})

    def test_who_lost_the_right_posts_nothing(self):
        moves = self.drafts()
        job = self.ask(moves).sudo()
        self.clerk.group_ids = self.env.ref("base.group_user")
        self.run_jobs()
        self.assertEqual(job.state, "stopped")
        self.assertIn("may not do this any more", job.text)

    def test_whose_it_is(self):
        job = self.ask(self.drafts())
        other = self.member("otra", "account.group_account_invoice,base.group_user")
        self.assertFalse(self.env["l10n_cl.job"].with_user(other).search([]))
        self.assertFalse(self.env["l10n_cl.job.line"].with_user(other).search([]))
        with self.assertRaises(AccessError):
            job.with_user(other).action_stop()
        boss = self.sii_manager()
        self.assertEqual(self.env["l10n_cl.job"].with_user(boss).search([]), job)
        job.with_user(boss).action_stop()
        self.assertEqual(job.state, "stopped")

    def test_no_work_but_the_listed_ones(self):
        with self.assertRaises(KeyError):
            self.env["l10n_cl.job"]._ask("unlink", self.drafts(1))

    def test_a_work_that_is_gone(self):
        job = self.ask(self.drafts(1))
        self.env.flush_all()
        self.cr.execute("UPDATE l10n_cl_job SET work = 'gone'")
        self.env.invalidate_all()
        self.run_jobs()
        self.assertEqual(job.state, "stopped")
        self.assertIn("not installed any more", job.text)

    def test_stop_and_go_on(self):
        moves = self.drafts()
        job = self.ask(moves)
        job.with_user(self.clerk).action_stop()
        self.run_jobs()
        self.assertEqual((job.state, self.figures(job)), ("stopped", (3, 0, 0, 0)))
        self.assertIn(self.clerk.name, job.text)
        job.with_user(self.clerk).action_go_on()
        self.run_jobs()
        self.assertEqual(job.state, "done")
        self.assertEqual(set(moves.mapped("state")), {"posted"})

    def test_what_was_pressed_while_a_worker_held_it(self):
        job = self.ask(self.drafts())
        self.env["l10n_cl.job.wish"].sudo().create({"job_id": job.id, "what": "stop"})
        self.run_jobs()
        self.assertEqual((job.state, self.figures(job)), ("stopped", (3, 0, 0, 0)))
        self.assertFalse(self.env["l10n_cl.job.wish"].sudo().search([]))

    def test_what_was_pressed_too_late(self):
        """While its last piece was done: it is heeded when the job has ended."""
        bad = self.bad_draft()
        job = self.ask(bad)
        self.run_jobs()
        self.assertEqual((job.state, job.failed), ("done", 1))
        self.careless.l10n_cl_activity_description = "Comercio"
        self.env["l10n_cl.job.wish"].sudo().create({"job_id": job.id, "what": "retry"})
        self.run_jobs()
        self.assertEqual((job.state, self.figures(job)), ("done", (1, 1, 0, 0)))

    def test_one_that_may_not_be_read_any_more(self):
        """It fails alone, whatever asks it."""
        moves = self.drafts()
        job = self.ask(moves)
        self.env["ir.rule"].sudo().create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("account.move"),
                "domain_force": f"[('id', '!=', {moves[1].id})]",
            }
        )
        self.run_jobs()
        self.assertEqual((job.state, self.figures(job)), ("done", (3, 2, 1, 0)))
        self.assertEqual(self.line(job, moves[1]).state, "failed")

    def test_leave_the_rest(self):
        moves = self.drafts()
        job = self.ask(moves)
        job.with_user(self.clerk).action_stop()
        job.with_user(self.clerk).action_give_up()
        self.assertEqual((job.state, self.figures(job)), ("done", (3, 0, 0, 3)))
        self.assertEqual(self.figures(self.ask(moves)), (3, 0, 0, 0), "others may do it now")

    def test_failed_ones_again(self):
        bad = self.bad_draft()
        job = self.ask(self.drafts(1) + bad)
        self.run_jobs()
        self.assertEqual(self.figures(job), (2, 1, 1, 0))
        self.assertIn("giro", self.line(job, bad).text)
        self.assertIn("1 failed", job.summary)
        self.assertIn("giro", job.summary)
        action = job.with_user(self.clerk).action_open_failed()
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", bad.id))
        self.careless.l10n_cl_activity_description = "Comercio"
        job.with_user(self.clerk).action_retry()
        self.assertEqual((job.state, self.figures(job)), ("waiting", (2, 1, 0, 0)))
        self.run_jobs()
        self.assertEqual((job.state, self.figures(job)), ("done", (2, 2, 0, 0)))

    def test_two_people_ask_for_the_same(self):
        moves = self.drafts()
        first = self.ask(moves[:2])
        boss = self.sii_manager()
        second = self.ask(moves, user=boss)
        self.assertEqual(self.figures(second), (3, 0, 0, 2))
        text = self.line(second, moves[0]).text
        self.assertIn(self.clerk.name, text)
        self.assertIn(first.display_name, text)
        self.run_jobs()
        self.assertEqual(self.figures(first), (2, 2, 0, 0))
        self.assertEqual(self.figures(second), (3, 1, 0, 2))
        self.assertEqual(len(moves.l10n_cl_dte_ids), 3)

    def test_each_company_has_its_own(self):
        other = self.setup_other_company()["company"]
        journal = self.env["account.journal"].search(
            [("company_id", "=", other.id), ("type", "=", "sale")], limit=1
        )
        theirs = self.env["account.move"].create(
            {"move_type": "out_invoice", "journal_id": journal.id}
        )
        boss = self.env.user
        jobs = self.ask(self.drafts(1) + theirs, "confirm", boss)
        self.assertEqual(jobs.company_id, self.company | other)
        self.assertEqual(jobs.mapped("total"), [1, 1])

    def test_old_lines_and_files_are_forgotten(self):
        job = self.ask(self.drafts(1))
        self.run_jobs()
        self.env.flush_all()
        self.cr.execute("UPDATE l10n_cl_job SET ended_at = ended_at - interval '400 days'")
        self.env.invalidate_all()
        job.sudo()._forget_lines()
        self.assertFalse(job.sudo().line_ids)
        self.assertEqual(self.figures(job), (1, 1, 0, 0))
