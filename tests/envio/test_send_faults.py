"""The SII fails in every way it knows: the document waits, visible, and goes out once."""

from ..common import COMPANY_RUT, SiiCase


class TestFaults(SiiCase):
    def script(self, on, do, **entry):
        self.sii.add_to_script({"on": on, "do": do, **entry})

    def held(self, move):
        """What the SII holds of an invoice's folio."""
        return self.sii.documents(COMPANY_RUT, 33, move.l10n_cl_dte_id.folio)

    def uploads(self):
        return [each for each in self.exchanges() if each["operation"] == "upload"]

    def assert_waits(self, move, state, phrase):
        """Not lost: the envelope waits in ``state``, shows why, and knows when it goes on."""
        envio = move.l10n_cl_dte_id.envio_id
        self.assertEqual(envio.state, state)
        self.assertIn(phrase, envio.sii_text)
        self.assertTrue(envio.next_attempt_at)

    def assert_accepted_once(self, move):
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", move.l10n_cl_dte_sii_text)
        self.assertEqual(len(self.held(move)), 1)

    def test_503(self):
        self.script("upload", "503")
        move = self.post()
        self.run_crons("cron_send")
        self.assert_waits(move, "ready", "HTTP 503")
        self.assert_accepted_once(move)
        self.assertEqual(move.l10n_cl_dte_id.envio_id.attempts, 2)

    def test_error_500(self):
        self.script("upload", "error_500")
        move = self.post()
        self.run_crons("cron_send")
        self.assert_waits(move, "ready", "internal error")
        self.assert_accepted_once(move)

    def test_html_page(self):
        move = self.post()
        self.script("upload", "html")
        self.run_crons("cron_send")
        self.assertIn(move.l10n_cl_dte_id.envio_id.state, ("ready", "unknown"))
        self.assertTrue(move.l10n_cl_dte_id.envio_id.sii_text)
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.assert_accepted_once(move)

    def test_token_expired_in_the_middle(self):
        move = self.post()
        self.run_crons("cron_send")
        self.script("upload", "token_expired")
        other = self.post()
        self.run_crons("cron_send")
        self.assertEqual(other.l10n_cl_dte_state, "sent")
        self.script("envelope_status", "token_expired")
        self.run_crons("cron_poll")
        self.assert_accepted_once(move)
        self.assert_accepted_once(other)

    def test_seed_service_down(self):
        self.post()
        self.run_crons("cron_send")
        self.script("upload", "token_expired")
        self.script("seed", "503")
        move = self.post()
        self.run_crons("cron_send")
        self.assert_waits(move, "ready", "HTTP 503")
        self.assertEqual(self.uploads()[-1]["outcome"], "STATUS 5")
        self.assert_accepted_once(move)

    def test_lost_answer_is_found_at_the_sii(self):
        self.script("upload", "drop_after_processing")
        move = self.post()
        self.run_crons("cron_send")
        self.assert_waits(move, "unknown", "before the SII's answer arrived")
        self.assertEqual(move.l10n_cl_dte_state, "signed")
        self.run_crons("cron_probe")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "sent")
        self.assert_accepted_once(move)
        self.assertEqual(len(self.uploads()), 1)

    def test_upload_that_never_arrived_goes_out_again_with_the_same_bytes(self):
        self.script("upload", "drop_before")
        move = self.post()
        self.run_crons("cron_send")
        envio = move.l10n_cl_dte_id.envio_id
        self.assert_waits(move, "unknown", "before the SII's answer arrived")
        sha256 = envio.xml_sha256
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.assertEqual(envio.state, "ready")
        self.assert_accepted_once(move)
        self.assertEqual(envio.xml_sha256, sha256)

    def test_truncated_receipt(self):
        self.script("upload", "truncate")
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "unknown")
        self.run_crons("cron_probe")
        self.assert_accepted_once(move)
        self.assertEqual(len(self.uploads()), 1)

    def test_second_copy_is_followed_by_the_first_ones_fate(self):
        self.script("upload", "duplicate")
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "sent")
        self.assertFalse(move.l10n_cl_sii_track_id)

    def test_tries_used_up_calls_a_person(self):
        self.script("upload", "503", times=4)
        move = self.post()
        for _try in range(4):
            self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        self.assertEqual(len(move.activity_ids), 1)
        self.assertIn("4 tries failed", move.activity_ids.note)
        move.l10n_cl_action_retry()
        self.assert_accepted_once(move)
        self.assertFalse(move.activity_ids)

    def test_sender_without_permission(self):
        self.script("upload", "status:1")
        move = self.post()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        self.assertIn("may not send for this company", move.l10n_cl_dte_sii_text)
        move.l10n_cl_action_retry()
        self.assert_accepted_once(move)

    def test_ugly_answers_are_read(self):
        move = self.post()
        for do in ("swapped", "qualified", "latin1"):
            self.script("envelope_status", do)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_status_service_down(self):
        move = self.post()
        self.run_crons("cron_send")
        for do in ("503", "html", "estado:-11"):
            self.script("envelope_status", do)
            self.run_crons("cron_poll")
            self.assertEqual(move.l10n_cl_dte_state, "sent")
        self.assert_accepted_once(move)

    def test_worker_died_while_sending(self):
        move = self.post()
        self.run_crons("cron_send")
        envio = move.l10n_cl_dte_id.envio_id.sudo()
        # what the database holds when the process was killed between intent and outcome
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE l10n_cl_envio SET state = 'sending', track_id = NULL WHERE id = %s", envio.ids
        )
        self.env.cr.execute(
            "UPDATE l10n_cl_dte SET state = 'signed' WHERE id = %s", move.l10n_cl_dte_id.ids
        )
        self.env.invalidate_all()
        self.run_crons("cron_probe")
        self.assertIn(envio.state, ("unknown", "sent"))
        self.run_crons("cron_probe")
        self.assert_accepted_once(move)
        self.assertEqual(len(self.uploads()), 1)
