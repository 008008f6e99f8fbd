"""The clock is set back by an hour: what waits waits longer, and nothing is done twice."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SiiCase

CRONS = ("cron_send", "cron_poll", "cron_probe")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestClockSetBack(SiiCase):
    def uploads(self):
        return sum(exchange["operation"] == "upload" for exchange in self.sii.exchanges())

    def run_as_they_are(self):
        """The scheduled actions at this moment; nothing is brought forward."""
        for name in CRONS:
            with self.enter_registry_test_mode():
                self.env.ref(f"l10n_cl_sii.{name}").method_direct_trigger()

    def test_what_was_sent_is_asked_for_later_and_not_sent_again(self):
        before = self.uploads()
        sent = self.post()
        self.run_crons("cron_send")
        self.assertEqual(sent.l10n_cl_dte_state, "sent")
        with freeze_time(datetime.now() - timedelta(hours=1), tick=True):
            self.run_as_they_are()
            self.assertEqual(sent.l10n_cl_dte_state, "sent")
            # who posts meanwhile is served at once
            other = self.post()
            self.run_as_they_are()
            self.assertEqual(other.l10n_cl_dte_state, "sent")
        self.assertEqual(self.uploads(), before + 2)
        self.run_crons()
        states = (sent + other).mapped("l10n_cl_dte_state")
        self.assertEqual(states, ["accepted", "accepted"])
        self.assertEqual(self.uploads(), before + 2)

    def test_an_upload_that_was_interrupted_is_found_out(self):
        """Its worker died; an hour later by its own clock it is looked after."""
        move = self.post()
        self.run_crons("cron_send")
        envio = move.l10n_cl_dte_id.envio_id
        self.env.flush_all()
        self.cr.execute(
            "UPDATE l10n_cl_envio SET state = 'sending', track_id = NULL, write_date = now()"
            " WHERE id = %s",
            [envio.id],
        )
        self.env.invalidate_all()
        before = self.uploads()
        with freeze_time(datetime.now() - timedelta(hours=1), tick=True):
            self.run_as_they_are()
        self.assertEqual(envio.state, "sending")
        with freeze_time(datetime.now() + timedelta(minutes=2), tick=True):
            self.run_as_they_are()
        self.assertNotEqual(envio.state, "sending")
        self.assertEqual(self.uploads(), before)
