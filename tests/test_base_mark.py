"""A database knows that it is itself: a copy asks, a restored backup is examined first."""

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


class TestRestored(MarkCase):
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
