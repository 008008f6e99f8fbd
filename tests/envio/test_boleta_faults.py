"""The SII's service for boletas fails in every way: nothing is lost, nothing goes twice."""

from datetime import timedelta

from ..boleta_case import BoletaCase


class TestBoletaFaults(BoletaCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.sii.clear_script)

    def assert_waits(self, move, state):
        envio = move.l10n_cl_dte_id.envio_id
        self.assertEqual(envio.state, state)
        self.assertTrue(envio.sii_text)
        self.assertTrue(envio.next_attempt_at)

    def assert_accepted_once(self, moves):
        self.run_crons()
        self.assert_accepted(moves)
        for move in moves:
            self.assertEqual(len(self.held(move)), 1)

    def test_not_now(self):
        for do in ("503", "429:120", "405:120"):
            self.script("boleta_upload", do)
            move = self.boleta()
            self.run_crons("cron_send")
            self.assert_waits(move, "ready")
            self.assert_accepted_once(move)

    def test_obeys_the_pause_that_was_asked(self):
        self.script("boleta_upload", "429:7200")
        move = self.boleta()
        self.run_crons("cron_send")
        envio = move.l10n_cl_dte_id.envio_id
        self.assertGreater((envio.next_attempt_at - envio.first_sent_at).total_seconds(), 7000)

    def test_lost_answer_is_found_at_the_sii(self):
        self.script("boleta_upload", "drop_after_processing")
        moves = self.boleta() + self.boleta()
        self.run_crons("cron_send")
        self.assert_waits(moves[0], "unknown")
        self.run_crons("cron_probe")
        self.assertEqual(moves.l10n_cl_dte_ids.envio_id.state, "sent")
        self.assert_accepted_once(moves)
        self.assertEqual(len(self.asked("boleta_upload")), 1)

    def test_upload_that_never_arrived_goes_out_again_with_the_same_bytes(self):
        self.script("boleta_upload", "drop_before")
        move = self.boleta()
        self.run_crons("cron_send")
        envio = move.l10n_cl_dte_id.envio_id
        self.assert_waits(move, "unknown")
        sha256 = envio.xml_sha256
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.assertEqual(envio.state, "ready")
        self.assert_accepted_once(move)
        self.assertEqual(envio.xml_sha256, sha256)

    def test_a_second_copy_is_followed_by_the_first_ones_fate(self):
        """The SII showed nothing, so it was sent again: the repeat is refused, not the boleta."""
        self.sii.change_settings({"visible_after_seconds": 100_000})
        self.script("boleta_upload", "drop_after_processing")
        move = self.boleta()
        self.run_crons("cron_send")
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.sii.change_settings({"visible_after_seconds": 0})
        self.run_crons("cron_send")
        for _poll in range(3):
            self.run_crons("cron_poll")
        self.assertNotEqual(move.l10n_cl_dte_state, "rejected")

    def test_what_the_sii_never_shows_stops_beside_what_it_accepted(self):
        self.script("boleta_upload", "drop_after_processing")
        kept, lost = self.boleta(), self.boleta()
        folio = {"type": 39, "folio": lost.l10n_cl_dte_id.folio}
        self.script("document", "reject:HED-3-861", match=folio)
        self.run_crons()
        self.run_crons("cron_poll")
        envio = kept.l10n_cl_dte_id.envio_id.sudo()
        self.assertEqual(kept.l10n_cl_dte_state, "accepted")
        envio.first_sent_at -= timedelta(days=3)
        self.run_crons("cron_poll")
        self.assertEqual(
            (kept.l10n_cl_dte_state, lost.l10n_cl_dte_state), ("accepted", "exception")
        )
        lost.l10n_cl_action_retry()
        self.assertEqual((envio.state, lost.l10n_cl_dte_state), ("sent", "sent"))

    def test_truncated_receipt(self):
        self.script("boleta_upload", "truncate")
        move = self.boleta()
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "unknown")
        self.run_crons("cron_probe")
        self.assert_accepted_once(move)
        self.assertEqual(len(self.asked("boleta_upload")), 1)

    def test_token_expired_in_the_middle(self):
        move = self.boleta()
        self.run_crons("cron_send")
        self.script("boleta_upload", "token_expired")
        other = self.boleta()
        self.run_crons("cron_send")
        self.assertEqual(other.l10n_cl_dte_state, "sent")
        self.script("boleta_envelope_status", "token_expired")
        self.assert_accepted_once(move + other)

    def test_status_service_down(self):
        move = self.boleta()
        self.run_crons("cron_send")
        for do in ("503", "html"):
            self.script("boleta_envelope_status", do)
            self.run_crons("cron_poll")
            self.assertEqual(move.l10n_cl_dte_state, "sent")
        self.assert_accepted_once(move)

    def test_an_outage_of_boletas_leaves_facturas_alone(self):
        for service in ("seed", "token", "upload", "envelope_status", "document_status"):
            self.script(f"boleta_{service}", "503", times=1000)
        boletas = self.env["account.move"]
        for _outing in range(3):
            boletas |= self.boleta()
            self.run_crons("cron_send")
        self.assertTrue(self.issuer.boleta_unreachable_since)
        self.assertFalse(self.issuer.unreachable_since)
        self.assertIn("boletas has been unreachable", self.issuer.alarms)
        self.assertIn("boletas has been unreachable", boletas[0].l10n_cl_dte_waiting_text)
        factura = self.post()
        self.run_crons()
        self.assert_accepted(factura)
        self.sii.clear_script()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_ping").method_direct_trigger()
        self.assertFalse(self.issuer.boleta_unreachable_since)
        self.assert_accepted_once(boletas)

    def test_an_outage_of_facturas_leaves_boletas_alone(self):
        for service in ("seed", "token", "upload", "envelope_status", "document_status"):
            self.script(service, "503", times=1000)
        facturas = self.post() + self.post() + self.post()
        self.run_crons("cron_send")
        self.assertTrue(self.issuer.unreachable_since)
        boleta = self.boleta()
        self.run_crons()
        self.assert_accepted(boleta)
        self.assertEqual(set(facturas.mapped("l10n_cl_dte_state")), {"signed"})
