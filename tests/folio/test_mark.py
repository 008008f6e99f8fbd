"""A database recognises itself: a copy asks, a restored backup is examined first."""

import json
import os
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError

from .mark_case import MarkCase


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
        """A person confirms once; what cannot be written is reported, and sending goes on."""
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
