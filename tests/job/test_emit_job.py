"""Drafts by the thousand become documents in a job; one bad one stops no other."""

from odoo import Command
from odoo.exceptions import MissingError

from .job_case import JobCase


class TestEmitJob(JobCase):
    def test_one_bad_document(self):
        good, bad = self.drafts(), self.bad_draft()
        job = self.ask(good[:2] + bad + good[2:])
        self.run_jobs()
        self.assertEqual(self.figures(job), (4, 3, 1, 0))
        self.assertEqual((bad.state, bad.name, bad.l10n_cl_dte_id.id), ("draft", False, False))
        folios = good.l10n_cl_dte_id.mapped("folio")
        self.assertEqual(max(folios) - min(folios), 2, "no gap")

    def test_folios_follow_the_dates(self):
        late, early = self.drafts(2)
        late.invoice_date = "2026-03-05"
        early.invoice_date = "2026-03-01"
        self.ask(late + early)
        self.run_jobs()
        self.assertLess(early.l10n_cl_dte_id.folio, late.l10n_cl_dte_id.folio)

    def test_what_was_done_meanwhile(self):
        posted, deleted, left = self.drafts()
        job = self.ask(posted + deleted + left)
        posted.action_post()
        gone = deleted.id
        deleted.unlink()
        self.run_jobs()
        self.assertEqual(self.figures(job), (3, 1, 0, 2))
        self.assertIn(posted.name, self.line(job, posted).text)
        line = job.sudo().line_ids.filtered(lambda line: line.res_id == gone)
        self.assertEqual((line.state, line.text), ("skipped", "It was deleted."))

    def test_a_check_that_raises_anything(self):
        """Another addon's, a constraint of the database: it ends on the line of its document."""
        moves = self.drafts()
        condition = f"NEW.id = {moves[1].id} AND NEW.state = 'posted'"
        for state in ("P0001", "23514", "22003", "0A000"):
            with self.subTest(state=state):
                self.forbid("account_move", condition, state)
                job = self.ask(moves)
                self.run_jobs()
                self.assertEqual((job.state, job.failed), ("done", 1))
                self.assertTrue(self.line(job, moves[1]).text)
                self.allow("account_move")
                self.assertEqual(moves.mapped("state"), ["posted", "draft", "posted"])

    def test_one_that_always_meets_a_conflict(self):
        """Undone as a whole each time: the pieces become smaller, until it is alone and fails."""
        moves = self.drafts(6)
        self.forbid("account_move", f"NEW.id = {moves[3].id} AND NEW.state = 'posted'", "40001")
        job = self.ask(moves)
        self.run_jobs()
        self.assertEqual((job.state, self.figures(job)), ("done", (6, 5, 1, 0)))
        self.assertIn("broken off", self.line(job, moves[3]).text)

    def test_the_folios_end_in_the_middle(self):
        self.cafs[33].active = False
        self.load_caf(33, count=3)
        moves = self.drafts(7)
        job = self.ask(moves, size=2)
        job.sudo().size = 2
        self.run_jobs()
        self.assertEqual(job.state, "stopped")
        self.assertIn("needed", job.text)
        self.assertEqual(job.done, 3)
        self.load_caf(33, count=10)
        job.with_user(self.clerk).action_go_on()
        job.with_user(self.clerk).action_retry()
        self.run_jobs()
        self.assertEqual((job.state, job.done, job.failed), ("done", 7, 0))
        self.assertEqual(len(set(moves.l10n_cl_dte_id.mapped("folio"))), 7)

    def test_the_company_cannot_emit(self):
        self.issuer.sudo().acteco_ids = False
        job = self.ask(self.drafts())
        self.run_jobs()
        self.assertEqual((job.state, job.failed), ("stopped", 0))
        self.assertIn("activity", job.text)

    def test_a_few_go_as_before(self):
        action = self.drafts(2).with_user(self.clerk).l10n_cl_action_emit()
        wizard = self.env["l10n_cl.emit"].with_user(self.clerk).browse(action["res_id"])
        self.assertEqual(len(wizard.line_ids), 2)
        with self.assertRaises(MissingError), self.cr.savepoint():
            self.ask(self.env["account.move"].browse([10**9]))

    def test_then_they_go_to_the_sii(self):
        moves = self.drafts()
        self.ask(moves)
        self.run_jobs()
        self.assertTrue(all(moves.l10n_cl_dte_id.mapped("bulk")), "what people wait for goes first")
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})


class TestManyByHand(JobCase):
    """The wizards of Odoo and ours, over more than a hundred."""

    def setUp(self):
        super().setUp()
        self.load_caf(33, count=100)
        self.many = self.drafts(101)

    def test_emit_wizard(self):
        action = self.many.with_user(self.clerk).l10n_cl_action_emit()
        wizard = self.env["l10n_cl.emit"].with_user(self.clerk).browse(action["res_id"])
        self.assertFalse(wizard.line_ids)
        self.assertIn("101 Electronic Invoice", wizard.many_text)
        self.assertEqual(set(self.many.mapped("state")), {"draft"})
        action = wizard.action_emit()
        self.assertEqual(action["res_model"], "l10n_cl.job")
        job = self.env["l10n_cl.job"].browse(action["res_id"])
        self.run_jobs()
        self.assertEqual(self.figures(job), (101, 101, 0, 0))
        folios = sorted(self.many.l10n_cl_dte_id.mapped("folio"))
        self.assertEqual(folios, list(range(folios[0], folios[0] + 101)))

    def test_confirm_entries(self):
        wizards = self.env["validate.account.move"].with_user(self.clerk)
        wizard = wizards.create({"move_ids": [Command.set(self.many.ids)]})
        later = self.many[0]
        later.write({"invoice_date": "2036-01-01", "date": "2036-01-01"})
        action = wizard.validate_move()
        job = self.env["l10n_cl.job"].browse(action["res_id"])
        self.assertEqual(job.work, "confirm")
        self.run_jobs()
        self.assertEqual(self.figures(job), (101, 100, 0, 1))
        self.assertIn("will be posted on", self.line(job, later).text)
        self.assertEqual(later.auto_post, "at_date")
