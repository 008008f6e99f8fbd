"""A restored database takes no folio before it knows which were used."""

import importlib.util
import json
from pathlib import Path

from odoo.exceptions import UserError

from .mark_case import RestoredCase
from .test_holder import HolderCase


class TestRestored(RestoredCase):
    def test_posting_waits_for_the_sii(self):
        folios = self.restored()
        self.run_crons("cron_send")
        self.assertTrue(self.issuer.is_examined)
        self.assertIn("restored backup", self.issuer.alarms)
        before = len(self.exchanges())
        with self.assertRaisesRegex(UserError, "which folios were used since"):
            self.draft().action_post()
        self.assertEqual(len(self.exchanges()), before, "posting asks nobody")
        self.examine()
        self.assertFalse(self.issuer.is_examined)
        self.assertEqual(self.elsewhere().mapped("folio"), folios)
        self.assertIn("before the backup", self.elsewhere()[0].sii_text)
        move = self.post()
        self.assertEqual(move.l10n_cl_dte_id.folio, folios[-1] + 1)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_free_folios_are_used_first(self):
        first, *_others = self.restored(script={"on": "document", "do": "reject:HED-3-861"})
        left = self.cafs[33].left
        self.examine()
        self.assertEqual(len(self.elsewhere()), 2, "the rejected one is free")
        self.assertEqual(self.cafs[33].left, left - 2)
        move, other = self.post(), self.post()
        self.assertEqual(move.l10n_cl_dte_id.folio, first)
        self.assertEqual(other.l10n_cl_dte_id.folio, first + 3)

    def test_all_were_rejected(self):
        """The file stays ahead of the ledger: it is not asked for again and again."""
        self.restored(1, script={"on": "document", "do": "reject:HED-3-861"})
        self.examine()
        self.run_crons()
        self.assertFalse(self.issuer.is_examined)
        self.assertFalse(self.elsewhere())

    def test_the_sii_does_not_answer(self):
        self.restored()
        self.sii.add_to_script({"on": "document_status", "do": "503"})
        self.examine()
        self.assertTrue(self.issuer.is_examined)
        self.assertIn("503", self.issuer.examination_problem)
        self.examine()
        self.assertFalse(self.issuer.is_examined)
        self.assertEqual(len(self.elsewhere()), 3)

    def test_a_person_decides(self):
        folios = self.restored()
        self.run_crons("cron_send")
        manager = self.new_manager()
        self.issuer.with_user(manager).action_mark_all_used()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)
        self.assertIn(manager.name, self.elsewhere()[0].sii_text)
        self.post()

    def test_what_waited_in_the_backup_goes_on(self):
        move = self.post()
        self.env["l10n_cl.issuer"]._look_at_mark()
        with self.forgotten():
            self.post(lines=[{"price_unit": 7000}])
            self.run_crons()
        self.run_crons()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assertTrue(self.issuer.is_examined)

    def test_a_backup_of_before_there_was_a_mark(self):
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.mark", False)
        self.issuer.database_mark = False
        folios = self.restored_without_mark()
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)

    def restored_without_mark(self):
        with self.forgotten():
            move = self.post()
            self.run_crons()
            return move.l10n_cl_dte_id.mapped("folio")

    def test_folios_used_elsewhere_lie_above(self):
        """What another system used of a later CAF does not show what was sent from here."""
        later = self.load_caf(33)
        later._mark_used_elsewhere(later.first, later.first + 9, "Otro sistema")
        folios = self.restored()
        self.run_crons("cron_send")
        self.assertTrue(self.issuer.is_examined)
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio")[:3], folios)

    def test_folios_that_no_caf_holds(self):
        """A file that is far ahead does not make us ask for ever."""
        self.run_crons("cron_send")
        self.post()
        self.run_crons("cron_send")
        file = self.file()
        [key] = file["highest"]
        file["highest"] |= {key: 9_999_999_999, "76354771-K certification 777": 9}
        self.mark._path().write_text(json.dumps(file))
        self.env["l10n_cl.issuer"]._look_at_mark()
        self.assertEqual({item[0] for item in self.issuer.to_examine}, {33})
        asked = sum(last - first + 1 for _code, first, last in self.issuer.to_examine)
        self.assertLess(asked, 6000)
        self.issuer.with_user(self.new_manager()).action_mark_all_used()
        self.assertFalse(self.issuer.is_examined)

    def test_found_out_as_the_server_starts(self):
        self.restored()
        self.mark._look(self.env.cr)
        self.assertTrue(self.issuer.is_examined)
        with self.assertRaisesRegex(UserError, "which folios were used since"):
            self.draft().action_post()


class TestRestoredReserved(RestoredCase, HolderCase):
    """Folios that the backup had reserved or free were used since, though none behind them was."""

    def setUp(self):
        super().setUp()
        self.run_crons()
        self.reserve(4)
        self.above = self.post()
        self.run_crons()

    def used_since(self, script=None):
        with self.forgotten():
            if script:
                self.sii.add_to_script(script)
            folios = self.posted_by(self.holder, 3)
            self.run_crons()
        self.run_crons("cron_send")
        return folios

    def test_reserved_ones(self):
        folios = self.used_since()
        self.assertEqual(self.file()["highest"].popitem()[1], self.folio(self.above))
        self.assertTrue(self.issuer.is_examined)
        with self.assertRaisesRegex(UserError, "which folios were used since"):
            self.draft().action_post()
        self.examine()
        self.assertFalse(self.issuer.is_examined)
        self.assertEqual(self.elsewhere().mapped("folio"), folios)
        self.assertEqual(self.posted_by(self.holder, 2), [folios[-1] + 1, folios[-1] + 3])

    def test_free_ones(self):
        self.give_back()
        folios = self.used_since()
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)
        move = self.post()
        self.assertEqual(self.folio(move), folios[-1] + 1)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_what_was_rejected_is_not_asked_about_for_ever(self):
        first = self.used_since({"on": "document", "do": "reject:HED-3-861"})[0]
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), [first + 1, first + 2])
        self.run_crons("cron_send")
        self.assertFalse(self.issuer.is_examined)
        self.assertEqual(self.posted_by(self.holder), [first])

    def test_with_some_that_follow(self):
        with self.forgotten():
            folios = self.posted_by(self.holder, 5)
            self.run_crons()
        self.run_crons("cron_send")
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)

    def test_not_restored(self):
        """Folios that are sent below others, while some are still reserved, show no backup."""
        self.posted_by(self.holder, 2)
        self.run_crons()
        self.run_crons("cron_send")
        self.assertTrue(self.file()["below"])
        self.assertFalse(self.issuer.to_examine)

    def test_confirmed_in_another_place(self):
        """Without a file those that would be taken next are asked about, reserved ones too."""
        with self.forgotten():
            folios = self.posted_by(self.holder, 3)
            self.run_crons()
        self.mark._path().unlink()
        self.mark._keep(doubted=True)
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)


class TestBehindWithoutFile(RestoredCase):
    """No file shows that the database is behind: it was lost, or it was restored as well."""

    def lose_the_file(self):
        self.mark._path().unlink()

    def test_confirmed_in_another_place(self):
        folios = self.restored(7)
        self.lose_the_file()
        self.mark._keep(doubted=True)
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        with self.assertRaisesRegex(UserError, "which folios were used since"):
            self.draft().action_post()
        self.examine()
        self.assertFalse(self.issuer.is_examined)
        self.assertEqual(self.elsewhere().mapped("folio"), folios)
        move = self.post()
        self.assertEqual(move.l10n_cl_dte_id.folio, folios[-1] + 1)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)

    def test_a_snapshot_of_the_whole_machine(self):
        """The first document meets another under its folio; the next ones do not."""
        folios = self.restored(7)
        self.lose_the_file()
        first = self.post()
        self.run_crons()
        self.assertEqual(first.l10n_cl_dte_state, "foreign")
        self.assertFalse(self.issuer.is_examined, "nobody waits")
        before = self.post()
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios[2:])
        self.assertFalse(self.issuer.to_examine)
        after = self.post()
        self.assertEqual(after.l10n_cl_dte_id.folio, folios[-1] + 1)
        self.run_crons()
        states = (before | after).mapped("l10n_cl_dte_state")
        self.assertEqual(states, ["foreign", "accepted"])

    def migration(self, name):
        path = Path(__file__).parents[2] / f"migrations/{name}.py"
        spec = importlib.util.spec_from_file_location("migration", path)
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        return migration

    def upgrade(self):
        """What the migration does for databases that never had a mark."""
        self.migration("19.0.1.1.0/post-mark")._mark(self.env(su=True), [])

    def equal_before_the_upgrade(self):
        """Two databases were equal, without a mark; the other one has gone on. Its folios."""
        folios = self.restored()
        self.env.flush_all()
        for table in ("l10n_cl_caf", "l10n_cl_dte"):
            self.cr.execute(f"UPDATE {table} SET environment = 'production'")
        self.env.invalidate_all()
        self.issuer.sudo().write({"environment": "production", "resolution_number": 80})
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.mark", False)
        self.issuer.sudo().database_mark = False
        return folios

    def test_upgraded_beside_another_that_was_equal(self):
        folios = self.equal_before_the_upgrade()
        self.lose_the_file()
        self.upgrade()
        self.assertFalse(self.issuer.is_copy)
        with self.assertRaisesRegex(UserError, "which folios were used since"):
            self.draft().action_post()
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)
        self.assertFalse(self.issuer.is_examined)

    def test_upgraded_where_there_is_a_file(self):
        """A backup of before there was a mark: the file shows how far it is behind."""
        folios = self.equal_before_the_upgrade()
        file = self.file()
        self.mark._path().write_text(json.dumps(file).replace("certification", "production"))
        self.upgrade()
        self.assertFalse(self.issuer.to_examine)
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios)

    def test_free_ones_among_them(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861", "times": 2})
        folios = self.restored(4)
        self.lose_the_file()
        self.mark._keep(doubted=True)
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        self.examine()
        self.assertEqual(self.elsewhere().mapped("folio"), folios[2:])
        self.assertEqual(self.post().l10n_cl_dte_id.folio, folios[0])

    def test_nothing_was_used(self):
        self.run_crons()
        self.mark._keep(doubted=True)
        left = self.cafs[33].left
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        self.examine()
        self.assertFalse(self.elsewhere())
        self.assertEqual(self.cafs[33].left, left)
        self.assertEqual(self.post().l10n_cl_dte_id.folio, self.cafs[33].first)

    def test_free_ones_of_before_they_were_rows(self):
        caf = self.cafs[33]
        self.issuer._mark_used_elsewhere(
            self.document_type(33), caf.first + 1, caf.first + 1, "El SII lo tiene"
        )
        self.issuer._mark_used_elsewhere(
            self.document_type(33), caf.first + 4, caf.first + 4, "El SII lo tiene"
        )
        self.cr.execute("ALTER TABLE l10n_cl_caf ADD free_from bigint, ADD free_to bigint")
        self.cr.execute(
            "UPDATE l10n_cl_caf SET free_from = first, free_to = first + 2 WHERE id = %s", [caf.id]
        )
        self.migration("19.0.1.2.0/post-free_folios").migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        taken = [self.post().l10n_cl_dte_id.folio for _each in range(3)]
        self.assertEqual(taken, [caf.first, caf.first + 2, caf.first + 5])
