"""A database knows that it is itself: a copy asks, a restored backup is examined first."""

import importlib.util
import json
import os
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .identity_case import IdentityCase


class MarkCase(IdentityCase):
    def setUp(self):
        super().setUp()
        self.mark = self.env["l10n_cl.mark"].sudo()

    def file(self):
        return json.loads(self.mark._path().read_text())

    def go_to_production(self, move):
        """Issuer and document as if they had always been there: no simulator has folios there."""
        move.l10n_cl_dte_id.sudo().environment = "production"
        self.issuer.write({"environment": "production", "resolution_number": 80})
        self.env.flush_all()

    def asked(self):
        return [each["operation"] for each in self.exchanges()]

    def sent_in_production(self):
        move = self.post()
        self.go_to_production(move)
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())
        return move

    def waiting_in_production(self):
        """The mark is filed, and one document waits."""
        self.run_crons()
        move = self.post()
        self.go_to_production(move)
        return move

    def new_manager(self):
        return new_test_user(
            self.env,
            "jefa_de_marcas",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def assert_asks(self, move):
        self.run_crons()
        self.assertEqual(self.asked(), [])
        self.assertTrue(self.issuer.is_copy)
        self.assertIn("perhaps a copy", self.issuer.alarms)
        self.assertIn("perhaps a copy", move.l10n_cl_dte_waiting_text)
        with self.assertRaisesRegex(UserError, "perhaps a copy"):
            self.draft().action_post()
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        self.assertFalse(self.issuer.is_copy)
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())
        self.assertEqual(self.file()["database"], self.env.cr.dbname)


class TestCopies(MarkCase):
    def test_the_file_is_written_by_the_sending_action(self):
        self.post()
        self.assertFalse(self.mark._path().exists(), "posting touches no file")
        self.run_crons("cron_send")
        file = self.file()
        self.assertEqual(file["id"], self.mark._current())
        self.assertEqual(file["database"], self.env.cr.dbname)
        self.assertEqual(file["highest"], {"76354771-K certification 33": self.cafs[33].first})

    def test_the_file_is_noted_before_anything_leaves(self):
        self.sii.add_to_script({"on": "upload", "do": "drop_before"})
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(list(self.file()["highest"].values()), [move.l10n_cl_dte_id.folio])

    def test_another_name(self):
        """CREATE DATABASE ... TEMPLATE, or pg_dump into another one: same uuid, other name."""
        move = self.waiting_in_production()
        self.mark._keep(database="the_original")
        self.assert_asks(move)

    def test_another_server(self):
        """A dump restored under its own name where the file never was."""
        move = self.waiting_in_production()
        self.mark._path().unlink()
        self.assert_asks(move)

    def test_the_file_is_anothers(self):
        """Two databases behind one setting."""
        move = self.waiting_in_production()
        file = self.file()
        self.mark._path().write_text(json.dumps({**file, "database": "the_original"}))
        self.assert_asks(move)

    def test_the_file_has_another_mark(self):
        move = self.waiting_in_production()
        file = self.file()
        self.mark._path().write_text(json.dumps({**file, "id": "0" * 32}))
        self.assert_asks(move)

    def test_a_broken_file(self):
        move = self.waiting_in_production()
        self.mark._path().write_text('{"id": []')
        self.assert_asks(move)

    def test_files_that_make_no_sense(self):
        """Each of them stops no queue in silence: the database asks."""
        move = self.waiting_in_production()
        path, whole = self.mark._path(), self.file()
        for highest in (
            '{"76354771-K production 33": Infinity}',
            '{"76354771-K production 33": 99999999999999999999}',
            '{"76354771-K production 33": -5}',
            '{"76354771-K production abc": 5}',
            '{"76354771-K production ": 5}',
            '{"76354771-K production 99999999999": 5}',
            "[" * 100_000,
            "[]",
        ):
            with self.subTest(highest=highest[:50]):
                text = json.dumps({**whole, "highest": None}).replace("null", highest)
                path.write_text(text)
                self.assertIsNone(self.mark._read())
        self.assert_asks(move)

    def test_a_mark_that_somebody_spoilt(self):
        move = self.waiting_in_production()
        for text in ("no json", "[]", '{"id": 1}', "null"):
            self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.mark", text)
            self.env.invalidate_all()
            self.assertIsNone(self.mark._current())
        self.assert_asks(move)

    def test_a_file_in_a_place_that_takes_none(self):
        """A person confirms once; what cannot be written is told, and sending goes on."""
        move = self.waiting_in_production()
        self.mark._path().unlink()
        self.mark._path().mkdir()
        self.run_crons()
        self.assertEqual(self.asked(), [])
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        for _time in range(3):
            self.run_crons()
        self.assertFalse(self.issuer.is_copy)
        self.assertIn("upload", self.asked())
        self.assertIn("failure cannot be written", self.issuer.alarms)
        self.assertEqual(list(self.mark._path().parent.glob("*.json.*[0-9a-f]")), [])
        self.assertNotEqual(move.l10n_cl_dte_state, "signed")

    def test_what_was_sent_is_not_given_up(self):
        """The cron that asks the SII may be the first to find out: the envelope goes on later."""
        move = self.sent_in_production()
        self.mark._path().unlink()
        before = self.asked()
        self.run_crons("cron_poll")
        self.assertEqual(self.asked(), before)
        self.assertTrue(self.issuer.is_copy)
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "sent")

    def test_odoos_own_duplicate(self):
        move = self.waiting_in_production()
        self.env["ir.config_parameter"].sudo().set_param("database.uuid", "another")
        self.env.invalidate_all()
        self.assert_asks(move)

    def test_claims_and_queries_ask_as_well(self):
        self.waiting_in_production()
        self.mark._path().unlink()
        with self.enter_registry_test_mode():
            for name in ("cron_claim", "cron_verify", "cron_ask_answers"):
                if cron := self.env.ref(f"l10n_cl_sii.{name}", raise_if_not_found=False):
                    cron.method_direct_trigger()
        with self.assertRaisesRegex(UserError, "perhaps a copy"):
            self.issuer._gateway()
        self.assertEqual(self.asked(), [])

    def test_the_original_finds_out_that_another_was_confirmed(self):
        move = self.waiting_in_production()
        self.mark._path().write_text(json.dumps({**self.file(), "id": "f" * 32, "uuid": "x"}))
        self.run_crons()
        self.assertTrue(move.l10n_cl_dte_id.issuer_id.is_shut)

    def test_in_certification_a_copy_is_shown_and_sends(self):
        self.run_crons()
        move = self.post()
        self.mark._keep(database="the_original")
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertIn("perhaps a copy", self.issuer.warnings)
        self.assertNotIn("perhaps a copy", self.issuer.alarms or "")

    def test_where_a_setting_names_it(self):
        folder = Path(os.environ["L10N_CL_SII_MARK"])
        path = folder / "one.json"
        with patch.dict(os.environ, {"L10N_CL_SII_MARK": str(path)}):
            self.post()
            self.run_crons("cron_send")
            self.assertTrue(path.exists())
        self.assertEqual(sorted(each.name for each in folder.iterdir())[0], "one.json")

    def test_a_disk_that_takes_nothing_stops_no_document(self):
        self.run_crons()
        with patch.dict(os.environ, {"L10N_CL_SII_MARK": "/proc/none/mark.json"}):
            move = self.post()
            self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.assertIn("failure cannot be written", self.issuer.alarms)


class RestoredCase(MarkCase):
    def restored(self, count=3, script=None):
        """A backup is restored, of before ``count`` documents were sent; their folios."""
        self.run_crons()
        with self.forgotten():
            if script:
                self.sii.add_to_script(script)
            moves = self.env["account.move"]
            for number in range(count):
                moves |= self.post(lines=[{"price_unit": 5000 + number}])
            self.run_crons()
            return moves.l10n_cl_dte_ids.sorted("folio").mapped("folio")

    def examine(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_examine").method_direct_trigger()
        self.env.invalidate_all()

    def elsewhere(self):
        return (
            self.env["l10n_cl.dte"]
            .search([("issuer_id", "=", self.issuer.id), ("state", "=", "elsewhere")])
            .sorted("folio")
        )


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
        """What another system used of a later CAF says nothing of what was sent from here."""
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


class TestBehindWithoutFile(RestoredCase):
    """No file tells that the database is behind: it was lost, or it was restored as well."""

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
        self.assertFalse(self.cafs[33].free_from)
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

    def upgrade(self):
        """What the migration does for databases that never had a mark."""
        path = Path(__file__).parents[1] / "migrations/19.0.1.1.0/post-mark.py"
        spec = importlib.util.spec_from_file_location("post_mark", path)
        migration = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(migration)
        migration._mark(self.env(su=True), [])

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

    def test_upgraded_where_a_file_tells(self):
        """A backup of before there was a mark: the file says how far it is behind."""
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
        self.assertFalse(self.cafs[33].free_from)
        self.assertEqual(self.post().l10n_cl_dte_id.folio, self.cafs[33].first)
