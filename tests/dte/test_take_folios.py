"""Folios of many that are posted together: in one block, in the order of their dates, no gap."""

from datetime import timedelta

from odoo.exceptions import RedirectWarning, UserError

from ...sii.clock import today
from ..common import SiiCase
from ..folio.mark_case import RestoredCase


class TestTakeFolios(SiiCase):
    def drafts(self, count, **values):
        return self.env["account.move"].concat(*(self.draft(**values) for _ in range(count)))

    def folios(self, moves):
        return [move.l10n_cl_dte_id.folio for move in moves]

    def posted(self, count, **values):
        moves = self.drafts(count, **values)
        moves.action_post()
        return moves

    def use_all_but(self, left, code=33):
        """Leave so many folios of the CAF; returns the first of them."""
        caf = self.cafs[code]
        caf._mark_used_elsewhere(caf.first, caf.last - left, "test")
        return caf.last - left + 1

    def test_in_one_block_without_a_gap(self):
        first = self.cafs[33].first
        moves = self.posted(5)
        self.assertEqual(self.folios(moves), list(range(first, first + 5)))
        self.assertEqual(moves.mapped("name"), [f"FAC {first + i:06d}" for i in range(5)])
        self.assertEqual(set(moves.l10n_cl_dte_ids.mapped("state")), {"signed"})
        self.assertEqual(self.folios(self.posted(2)), [first + 5, first + 6])
        self.assertEqual(self.cafs[33].left, 93)

    def test_in_the_order_of_their_dates(self):
        days = [today() - timedelta(days=back) for back in (0, 2, 1)]
        moves = self.env["account.move"].concat(*(self.draft(invoice_date=day) for day in days))
        moves.action_post()
        first = self.cafs[33].first
        self.assertEqual(self.folios(moves), [first + 2, first, first + 1])

    def test_each_type_has_its_own(self):
        facturas, exempt = self.drafts(3), self.drafts(2, code=34)
        (facturas | exempt).action_post()
        self.assertEqual(self.folios(facturas), [self.cafs[33].first + i for i in range(3)])
        self.assertEqual(self.folios(exempt), [self.cafs[34].first + i for i in range(2)])
        self.run_crons()
        self.assertEqual({*(facturas | exempt).mapped("l10n_cl_dte_state")}, {"accepted"})

    def test_a_caf_ends_in_the_middle_of_the_block(self):
        first = self.use_all_but(2)
        following = self.load_caf(33)
        moves = self.posted(5)
        wanted = [first, first + 1, *(following.first + i for i in range(3))]
        self.assertEqual(self.folios(moves), wanted)
        cafs = moves.l10n_cl_dte_ids.sorted("folio").caf_id
        self.assertEqual(cafs, self.cafs[33] | following)
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_too_few_for_all_is_none_taken(self):
        first = self.use_all_but(2)
        moves = self.drafts(3)
        with self.assertRaisesRegex(UserError, "needed 3, left 2"), self.cr.savepoint():
            moves.action_post()
        self.assertFalse(moves.l10n_cl_dte_ids)
        moves[:2].action_post()
        self.assertEqual(self.folios(moves[:2]), [first, first + 1])

    def test_a_rollback_gives_them_back(self):
        first = self.cafs[33].first
        savepoint = self.cr.savepoint()
        self.assertEqual(len(self.folios(self.posted(3))), 3)
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertEqual(self.folios(self.posted(2)), [first, first + 1])

    def test_one_that_is_refused_leaves_no_folio(self):
        moves = self.drafts(2) | self.draft(lines=[{"price_unit": -5}])
        with self.assertRaises(UserError), self.cr.savepoint():
            moves.action_post()
        self.assertFalse(moves.l10n_cl_dte_ids)
        self.assertEqual(self.cafs[33].left, 100)

    def test_a_number_that_is_taken_is_named(self):
        first = self.cafs[33].first
        # posted before the company was an issuer
        other = self.draft(name=False)
        other.sudo().posted_before = True
        other.l10n_latam_document_number = str(first + 1)
        other.action_post()
        with self.assertRaisesRegex(RedirectWarning, f"FAC {first + 1:06d}"), self.cr.savepoint():
            self.drafts(3).action_post()

    def test_as_many_queries_however_many_cafs(self):
        counted = []
        for _round in range(3):
            move = self.draft()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            move.action_post()
            self.env.flush_all()
            counted.append(self.cr.sql_log_count - before)
            for _each in range(6):
                self.load_caf(33, count=2)
        self.assertEqual(counted[1], counted[2], counted)


class TestFreeFolios(RestoredCase):
    def test_what_the_sii_called_free_comes_first(self):
        first, *_others = self.restored(script={"on": "document", "do": "reject:HED-3-861"})
        self.examine()
        moves = self.env["account.move"].concat(*(self.draft() for _ in range(3)))
        moves.action_post()
        folios = [move.l10n_cl_dte_id.folio for move in moves]
        self.assertEqual(folios, [first, first + 3, first + 4])
