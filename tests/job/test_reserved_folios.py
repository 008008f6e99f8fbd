"""A job reserves the folios of its pieces; what it does not use is free when it ends or stops."""

from ...sii.states import SET_ASIDE
from .job_case import JobCase


class TestReservedFolios(JobCase):
    def set_aside(self):
        self.cr.execute(
            "SELECT folio, state, reserved_for FROM l10n_cl_dte WHERE issuer_id = %s"
            " AND state IN %s ORDER BY folio",
            [self.issuer.id, SET_ASIDE],
        )
        return self.cr.fetchall()

    def begun(self, moves, **values):
        """A job whose piece was begun, and undone with its process."""
        job = self.ask(moves, **values).sudo()
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            job.with_env(job.env(cr=cr))._begin()
        self.env.invalidate_all()
        return job

    def folios(self, moves):
        return moves.l10n_cl_dte_id.mapped("folio")

    def test_a_piece_has_its_folios_before_it_begins(self):
        first, moves = self.cafs[33].first, self.drafts(3)
        job = self.begun(moves)
        self.assertEqual(
            self.set_aside(),
            [(first + i, "reserved", f"l10n_cl.job,{job.id}") for i in range(3)],
        )
        mine = self.post()
        self.assertEqual(self.folios(mine), [first + 3])
        self.run_jobs()
        self.assertEqual(sorted(self.folios(moves)), [first, first + 1, first + 2])
        self.assertEqual(self.set_aside(), [])

    def test_of_each_type_and_of_no_other(self):
        facturas, exempt = self.drafts(2), self.draft(code=34)
        job = self.begun(facturas + exempt + self.bad_draft())
        self.assertEqual((self.cafs[33].reserved, self.cafs[34].reserved), (3, 1))
        self.run_jobs()
        self.assertEqual(self.figures(job), (4, 3, 1, 0))
        self.assertEqual(
            self.set_aside(), [(self.cafs[33].first + 2, "free", None)], "the bad one's is free"
        )
        self.assertEqual(self.folios(self.post()), [self.cafs[33].first + 2])

    def test_stopped_by_a_person(self):
        job = self.begun(self.drafts(3))
        job.with_user(self.clerk).action_stop()
        self.assertEqual({row[1] for row in self.set_aside()}, {"free"})
        self.assertEqual(self.folios(self.post()), [self.cafs[33].first])
        job.with_user(self.clerk).action_go_on()
        self.run_jobs()
        self.assertEqual((self.figures(job), self.set_aside()), ((3, 3, 0, 0), []))
        self.assertEqual(self.cafs[33].left, 96, "no gap")

    def test_given_up(self):
        first = self.cafs[33].first
        job = self.begun(self.drafts(4), size=3)
        mine = self.post()
        job.with_user(self.clerk).action_give_up()
        self.assertEqual(self.set_aside(), [(first + i, "free", None) for i in range(3)])
        others = self.post() + self.post() + self.post() + self.post()
        self.assertEqual(self.folios(mine), [first + 3])
        self.assertEqual(self.folios(others), [first, first + 1, first + 2, first + 4])

    def test_stopped_by_an_obstacle(self):
        job = self.begun(self.drafts(3))
        self.issuer.sudo().acteco_ids = False
        self.run_jobs()
        self.assertEqual(job.state, "stopped")
        self.assertEqual({row[1] for row in self.set_aside()}, {"free"})

    def test_nothing_is_reserved_for_who_cannot_emit(self):
        self.issuer.sudo().acteco_ids = False
        self.begun(self.drafts(3))
        self.assertEqual(self.set_aside(), [])

    def test_the_last_folios_are_the_jobs(self):
        caf = self.cafs[33]
        caf._mark_used_elsewhere(caf.first, caf.last - 2, "test")
        job = self.begun(self.drafts(3))
        self.assertEqual(caf.reserved, 2)
        self.run_jobs()
        self.assertEqual(self.figures(job), (3, 2, 1, 0))
        self.assertIn("no folios left", job.summary)

    def test_an_examination_finds_out_about_reserved_ones(self):
        """The job of a restored backup posts nothing, and then not under what was used since."""
        first = self.cafs[33].first
        self.begun(self.drafts(2))
        self.issuer.sudo().to_examine = [[33, first, first + 1]]
        self.issuer.sudo()._mark_folio(33, first, "used since")
        self.issuer.sudo().to_examine = False
        self.run_jobs()
        self.assertEqual(self.set_aside(), [])
        self.assertEqual(self.folios(self.post()), [first + 3])
