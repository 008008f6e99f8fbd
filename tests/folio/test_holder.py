"""Folios that a holder reserves: nobody else takes them, and what is given back comes first."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError

from ...models.note.family_rows import family_rows
from ...sii import clock
from ...sii.states import SET_ASIDE
from ..common import SiiCase


class HolderCase(SiiCase):
    def setUp(self):
        super().setUp()
        self.caf = self.cafs[33]
        self.holder = self.new_holder()

    def new_holder(self):
        """A job of a company, as one that waits for its turn."""
        return (
            self.env["l10n_cl.job"]
            .sudo()
            .create({"work": "emit", "res_model": "account.move", "company_id": self.company.id})
        )

    def reserve(self, count, holder=None):
        held = (holder or self.holder)._reserve_folios(self.issuer, self.document_type(33), count)
        self.env.invalidate_all()
        return held

    def give_back(self, holder=None):
        (holder or self.holder)._give_back_folios()
        self.env.invalidate_all()

    def folio(self, move):
        return move.l10n_cl_dte_id.folio

    def posted_by(self, holder, count=1):
        moves = self.env["account.move"].concat(*(self.draft() for _each in range(count)))
        holder._holding(moves).action_post()
        return [self.folio(move) for move in moves]

    def set_aside(self):
        """(folio, state) of all that have no document."""
        self.cr.execute(
            "SELECT folio, state FROM l10n_cl_dte WHERE issuer_id = %s AND state IN %s"
            " ORDER BY folio",
            [self.issuer.id, SET_ASIDE],
        )
        return self.cr.fetchall()


class TestHolder(HolderCase):
    def test_others_take_what_follows(self):
        first = self.caf.first
        self.assertEqual(self.reserve(5), 5)
        self.assertEqual(self.folio(self.post()), first + 5)
        self.assertEqual(self.posted_by(self.holder, 2), [first, first + 1])
        self.assertEqual(self.posted_by(self.holder, 4), [*range(first + 2, first + 5), first + 6])
        self.assertEqual(self.set_aside(), [])

    def test_what_is_given_back_comes_first_the_lowest_first(self):
        first = self.caf.first
        self.reserve(4)
        self.posted_by(self.holder)
        self.post()
        self.give_back()
        self.assertEqual(self.set_aside(), [(first + i, "free") for i in (1, 2, 3)])
        moves = self.env["account.move"].concat(*(self.draft() for _each in range(5)))
        moves.action_post()
        wanted = [first + i for i in (1, 2, 3, 5, 6)]
        self.assertEqual([self.folio(move) for move in moves], wanted)
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_free_ones_are_reserved_first(self):
        first, other = self.caf.first, self.new_holder()
        self.reserve(3)
        self.give_back()
        self.assertEqual(self.reserve(5, other), 5)
        self.assertEqual(self.set_aside(), [(first + i, "reserved") for i in range(5)])

    def test_what_is_held_already_counts(self):
        self.assertEqual(self.reserve(3), 3)
        self.assertEqual(self.reserve(2), 3)
        self.assertEqual(self.reserve(4), 4)
        self.assertEqual(len(self.set_aside()), 4)

    def test_two_holders(self):
        first, other = self.caf.first, self.new_holder()
        self.reserve(2)
        self.reserve(2, other)
        self.assertEqual(self.posted_by(other, 2), [first + 2, first + 3])
        self.assertEqual(self.posted_by(self.holder), [first])

    def test_what_a_refused_posting_took_is_still_held(self):
        self.reserve(2)
        draft = self.draft(lines=[{"price_unit": -5}])
        with self.assertRaises(UserError), self.cr.savepoint():
            self.holder._holding(draft).action_post()
        savepoint = self.cr.savepoint()
        self.posted_by(self.holder, 2)
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertEqual(len(self.set_aside()), 2)
        self.assertEqual(self.posted_by(self.holder), [self.caf.first])

    def test_no_context_of_a_caller_is_a_holder(self):
        self.reserve(2)
        draft = self.draft().with_context(l10n_cl_folio_holder=f"l10n_cl.job,{self.holder.id}")
        draft.action_post()
        self.assertEqual(self.folio(draft), self.caf.first + 2)

    def test_a_caf_that_is_used_up(self):
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.last - 3, "test")
        self.assertEqual(self.reserve(5), 3)
        with self.assertRaisesRegex(UserError, "no folios left"):
            self.post()
        self.assertEqual((self.caf.left, self.caf.reserved, self.caf.state), (0, 3, "active"))
        following = self.load_caf(33)
        self.assertEqual(self.folio(self.post()), following.first)
        self.assertEqual(self.reserve(5), 5)

    def test_a_caf_that_expires_meanwhile(self):
        self.reserve(3)
        self.caf.sudo().expires_on = clock.today() - timedelta(days=1)
        following = self.load_caf(33)
        self.assertEqual(self.posted_by(self.holder), [following.first])
        self.give_back()
        self.assertEqual((self.caf.state, self.caf.left), ("expired", 100))
        self.assertEqual(self.folio(self.post()), following.first + 1)
        self.assertIn(f"{self.caf.first}-{self.caf.first + 2}: free", self.caf.set_aside)

    def test_posting_asks_no_more_than_before(self):
        counted = []
        for _round in range(3):
            move = self.draft()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            move.action_post()
            self.env.flush_all()
            counted.append(self.cr.sql_log_count - before)
            self.reserve(3)
            if _round == 1:
                self.give_back()
        _first, beside, from_free = counted
        self.assertLessEqual(from_free, beside + 1, counted)


class TestAbandoned(HolderCase):
    def vacuum(self):
        self.env["l10n_cl.issuer"]._free_abandoned_folios()
        self.env.invalidate_all()
        return {state for _folio, state in self.set_aside()}

    def test_a_holder_that_goes_on_keeps_them(self):
        self.reserve(2)
        self.assertEqual(self.vacuum(), {"reserved"})

    def test_one_that_never_goes_on(self):
        self.reserve(2)
        self.holder.worked_at -= timedelta(hours=2)
        self.assertEqual(self.vacuum(), {"free"})

    def test_one_that_has_ended(self):
        self.reserve(2)
        self.holder.state = "done"
        self.assertEqual(self.vacuum(), {"free"})

    def test_one_that_is_gone(self):
        self.reserve(2)
        self.env.flush_all()
        self.cr.execute("DELETE FROM l10n_cl_job WHERE id = %s", [self.holder.id])
        self.assertEqual(self.vacuum(), {"free"})


class TestReaders(HolderCase):
    """Whoever looks for documents finds none where there is but a folio."""

    def setUp(self):
        super().setUp()
        self.reserve(5)

    def test_searches_counts_and_relations(self):
        other = self.new_holder()
        self.reserve(2, other)
        self.give_back(other)
        self.assertEqual({state for _folio, state in self.set_aside()}, {"reserved", "free"})
        documents = self.env["l10n_cl.dte"].sudo()
        ours = [("issuer_id", "=", self.issuer.id)]
        for context in ({}, {"active_test": False}):
            those = documents.with_context(**context)
            self.assertFalse(those.search(ours))
            self.assertFalse(those.search_count([*ours, ("state", "=", "reserved")]))
            self.assertFalse(those._read_group(ours, ["state"]))
        self.assertFalse(self.caf.dte_ids)
        self.assertFalse(self.issuer._issued_lately())
        self.assertFalse(self.issuer._documents_of_day(clock.today()))

    def test_the_clerk_reads_them_not_even_by_their_id(self):
        self.cr.execute("SELECT id FROM l10n_cl_dte WHERE state = 'reserved' LIMIT 1")
        [row_id] = self.cr.fetchone()
        clerk = self.member("mirona", "account.group_account_invoice")
        row = self.env["l10n_cl.dte"].with_user(clerk).browse(row_id)
        self.assertFalse(row.search([("id", "=", row_id)]))
        with self.assertRaises(AccessError):
            row.read(["folio"])

    def test_books_and_documents_agree(self):
        books = self.env["l10n_cl.books.difference"].sudo()
        books._compare(books._next_ids(0))
        self.assertFalse(books.search([("issuer_id", "=", self.issuer.id)]))

    def test_a_note_over_such_a_folio(self):
        """It is as unknown as any that was never used."""
        first = self.caf.first
        found = family_rows(self.issuer.sudo(), [("33", first)])["33", first]
        self.assertEqual(found, (self.env["l10n_cl.dte"], self.env["account.move"]))

    def test_the_screens_tell_who_holds_them(self):
        first = self.caf.first
        text = f"{first}-{first + 4}: reserved for {self.holder.display_name}."
        self.assertEqual(self.caf.set_aside, text)
        self.assertIn(text, self.issuer.folios_set_aside)
        self.assertEqual((self.caf.left, self.caf.reserved), (95, 5))
        [stock] = [each for each in self.issuer._folio_stocks() if each.document_type.code == "33"]
        self.assertEqual((stock.left, stock.reserved), (95, 5))

    def test_another_system_used_them(self):
        first = self.caf.first
        self.assertEqual(self.caf._mark_used_elsewhere(first, first + 9, "Antiguo"), 10)
        self.assertEqual(self.set_aside(), [])
        self.assertEqual(self.posted_by(self.holder), [first + 10])
        self.assertIn("Antiguo", self.caf.used_elsewhere)

    def test_a_caf_with_them_is_deleted_when_they_are_free(self):
        caf = self.load_caf(33)
        self.caf._mark_used_elsewhere(self.caf.first, self.caf.last, "Antiguo")
        self.assertEqual(self.reserve(2), 2)
        with self.assertRaisesRegex(ValidationError, "reserved"), self.cr.savepoint():
            caf.unlink()
        self.give_back()
        caf.unlink()
        self.assertEqual(self.set_aside(), [])
