"""The SII is down for an hour: nothing is lost, nothing is tried in vain, all goes out once."""

from datetime import timedelta

from odoo import fields

from ..common import COMPANY_RUT, SiiCase


class TestBreaker(SiiCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.sii.clear_script)

    def take_down(self):
        """The SII answers 503 to everything."""
        self.sii.add_to_script(
            [
                {"on": service, "do": "503", "times": 1000}
                for service in ("seed", "token", "upload", "envelope_status", "document_status")
            ]
        )

    def uploads(self):
        return [each for each in self.exchanges() if each["operation"] == "upload"]

    def ping(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_ping").method_direct_trigger()

    def test_down_for_an_hour_and_back(self):
        moves = self.post() + self.post() + self.post() + self.post() + self.post()
        self.take_down()
        self.run_crons("cron_send")
        self.assertTrue(self.issuer.unreachable_since)
        envios = moves.l10n_cl_dte_ids.envio_id.sorted("id")
        self.assertEqual(envios.mapped("state"), ["ready"] * 5)
        self.assertEqual(envios.mapped("attempts"), [1, 1, 1, 0, 0], "paused after the third")
        asked = len(self.exchanges())
        for _minute in range(60):
            self.run_crons("cron_send", "cron_poll", "cron_probe")
        self.assertEqual(len(self.exchanges()), asked, "nobody asks while the SII is down")
        self.ping()
        self.assertEqual(len(self.exchanges()), asked + 1, "but for the ping")
        self.assertTrue(self.issuer.unreachable_since)
        self.sii.clear_script()
        self.ping()
        self.assertFalse(self.issuer.unreachable_since)
        self.assertEqual(set(envios.mapped("attempts")), {0}, "the outage was not their fault")
        self.assertFalse(any(envios.mapped("next_attempt_at")))
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})
        for move in moves:
            self.assertEqual(len(self.sii.documents(COMPANY_RUT, 33, move.l10n_cl_dte_id.folio)), 1)

    def test_the_return_wakes_the_queue(self):
        self.take_down()
        moves = self.post() + self.post() + self.post()
        self.run_crons("cron_send")
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("l10n_cl_sii.cron_ping").id)]
        )
        self.assertTrue(triggers, "the next ping is planned")
        soon = fields.Datetime.now() + timedelta(minutes=2)
        self.assertTrue(all(trigger.call_at <= soon for trigger in triggers))
        self.sii.clear_script()
        self.env["ir.cron.trigger"].search([]).unlink()
        self.ping()
        woken = self.env["ir.cron.trigger"].search([]).cron_id
        self.assertIn(self.env.ref("l10n_cl_sii.cron_send"), woken)
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_status_queries_see_the_outage_too(self):
        moves = self.post() + self.post() + self.post()
        self.run_crons("cron_send")
        self.take_down()
        self.run_crons("cron_poll")
        self.assertTrue(self.issuer.unreachable_since)
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"sent"})
        self.sii.clear_script()
        self.ping()
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_people_see_the_outage(self):
        moves = self.post() + self.post() + self.post()
        self.take_down()
        self.run_crons("cron_send")
        for move in moves:
            self.assertIn("unreachable since", move.l10n_cl_dte_waiting_text)
        self.assertIn("unreachable since", self.issuer.alarms)
        self.assertIn("does not answer", self.issuer.message_ids[0].body)
        self.sii.clear_script()
        self.ping()
        self.assertIn("answers again", self.issuer.message_ids[0].body)
        self.assertFalse(self.issuer.alarms)

    def test_one_service_down_is_no_outage(self):
        self.sii.add_to_script({"on": "upload", "do": "503", "times": 3})
        moves = self.post() + self.post() + self.post()
        self.run_crons("cron_send")
        self.assertFalse(self.issuer.unreachable_since, "the SII answers a ping")
        self.assertEqual(set(moves.l10n_cl_dte_ids.envio_id.mapped("attempts")), {1})
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_an_answer_ends_the_row(self):
        self.post()
        self.run_crons("cron_send")
        move = self.post()
        self.sii.add_to_script({"on": "upload", "do": "503", "times": 3})
        for expected in (1, 2):
            self.run_crons("cron_send")
            self.assertEqual(self.issuer.unanswered, expected)
        self.run_crons("cron_poll")
        self.assertEqual(self.issuer.unanswered, 0)
        self.run_crons("cron_send")
        self.assertEqual(self.issuer.unanswered, 1)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")

    def test_answers_are_dated(self):
        self.assertFalse(self.issuer.last_answer_at)
        self.post()
        self.run_crons("cron_send")
        self.assertTrue(self.issuer.last_answer_at)

    def test_an_archived_issuer_is_not_forgotten(self):
        moves = self.post() + self.post() + self.post()
        self.take_down()
        self.run_crons("cron_send")
        self.issuer.active = False
        self.sii.clear_script()
        self.ping()
        self.run_crons()
        self.assertEqual(set(moves.mapped("l10n_cl_dte_state")), {"accepted"})

    def test_down_in_the_middle_of_a_verdict(self):
        move = self.post()
        self.run_crons("cron_send")
        # processed with objections, without counters: the document is asked for, in vain
        self.sii.add_to_script({"on": "envelope_status", "do": "estado:RPR"})
        self.sii.add_to_script({"on": "document_status", "do": "503"})
        self.run_crons("cron_poll")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "sent", "asked again later")
        self.run_crons("cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
