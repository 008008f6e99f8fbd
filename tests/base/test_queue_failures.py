"""A record whose failure cannot be written stops no other, and is reported in an incident."""

from ..delivery.mail_case import MailCase
from ..taxpayer.identity_case import IdentityCase


class FailureCase(IdentityCase):
    def forbid(self, table, condition, state="P0001"):
        """From now on PostgreSQL refuses rows of a table: any automation or addon that raises.

        state: PostgreSQL's code of the refusal, an exception of somebody's unless given.
        """
        self.env.flush_all()
        self.cr.execute(
            f"""
            CREATE OR REPLACE FUNCTION forbid_{table}() RETURNS trigger AS $$
            BEGIN
                IF {condition} THEN
                    RAISE EXCEPTION 'forbidden by a test' USING ERRCODE = '{state}';
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql;
            """
        )
        self.cr.execute(
            f"CREATE TRIGGER forbid_{table} BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION forbid_{table}()"
        )

    def run_alone(self, name):
        """Run a cron without bringing anything forward."""
        with self.enter_registry_test_mode():
            self.env.ref(f"l10n_cl_sii.{name}").method_direct_trigger()
        self.env.invalidate_all()

    def allow(self, table):
        self.cr.execute(f"DROP TRIGGER forbid_{table} ON {table}")

    def assert_reported(self, record, times=1):
        incident = self.incidents(record).filtered(lambda each: each.kind == "unwritten")
        self.assertEqual(len(incident), 1)
        self.assertIn("forbidden by a test", incident.text)
        self.assertEqual(incident.times, times)
        self.assertIn("whose failure cannot be written", self.issuer.alarms)


class TestDocuments(FailureCase):
    def reject_first_of_three(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        moves = self.post() | self.post() | self.post()
        self.run_crons("cron_send")
        self.env["l10n_cl.envio"].sudo().search([]).next_attempt_at = False
        return moves

    def test_the_activity_is_forbidden(self):
        moves = self.reject_first_of_three()
        self.forbid("mail_activity", f"NEW.res_id = {moves[0].id}")
        self.run_crons("cron_poll")
        states = moves.mapped("l10n_cl_dte_state")
        self.assertEqual(states, ["rejected", "accepted", "accepted"], "the verdict stays")
        self.assert_reported(moves[0].l10n_cl_dte_id)

    def test_the_message_is_forbidden(self):
        moves = self.reject_first_of_three()
        self.forbid("mail_message", f"NEW.model = 'account.move' AND NEW.res_id = {moves[0].id}")
        self.run_crons("cron_poll")
        self.assertEqual(moves[1:].mapped("l10n_cl_dte_state"), ["accepted", "accepted"])
        self.assert_reported(moves[0].l10n_cl_dte_id.envio_id)
        self.allow("mail_message")
        self.cr.execute("UPDATE l10n_cl_incident SET retry_at = now() - interval '1 day'")
        self.run_crons("cron_poll")
        self.assertEqual(moves[0].l10n_cl_dte_state, "rejected")
        self.assertFalse(self.incidents(moves[0].l10n_cl_dte_id.envio_id), "over by itself")

    def test_the_record_itself_is_forbidden(self):
        moves = self.reject_first_of_three()
        stuck = moves[0].l10n_cl_dte_id.envio_id
        self.forbid("l10n_cl_envio", f"NEW.id = {stuck.id}")
        self.run_alone("cron_poll")
        self.run_alone("cron_poll")
        self.assertEqual(moves[1:].mapped("l10n_cl_dte_state"), ["accepted", "accepted"])
        self.assert_reported(stuck)
        asked = [each for each in self.exchanges() if each["operation"] == "envelope_status"]
        self.assertEqual(len(asked), 3 + 1, "it rests: with the others, alone, and no more")

    def test_it_rests_ever_longer(self):
        [move] = self.post()
        incidents = self.env["l10n_cl.incident"]
        waits = []
        for _time in range(8):
            incidents._put_off(move, "text")
            incident = self.incidents(move)
            incident.invalidate_recordset()
            waits.append((incident.retry_at - incident.write_date).total_seconds())
        self.assertEqual(waits[:3], [300, 1200, 4800])
        self.assertLess(max(waits), 4 * 86400)
        self.assertEqual(self.incidents(move).times, 8)

    def test_not_even_the_incident_can_be_written(self):
        moves = self.reject_first_of_three()
        stuck = moves[0].l10n_cl_dte_id.envio_id
        self.forbid("l10n_cl_envio", f"NEW.id = {stuck.id}")
        self.forbid("l10n_cl_incident", f"NEW.res_id = {stuck.id}")
        self.run_alone("cron_poll")
        self.assertEqual(moves[1:].mapped("l10n_cl_dte_state"), ["accepted", "accepted"])

    def test_signing_queue(self):
        """What cannot even be sealed: a document that no write may touch."""
        moves = self.post() | self.post()
        first = moves[0].l10n_cl_dte_id
        self.forbid("l10n_cl_dte", f"NEW.id = {first.id}")
        self.run_crons()
        self.assertEqual(moves[1].l10n_cl_dte_state, "accepted")
        self.assert_reported(first)

    def test_others_are_always_quicker(self):
        """Not a failure, and reported only when it is still so at the next run."""
        moves = self.post() | self.post()
        first = moves[0].l10n_cl_dte_id
        self.forbid("l10n_cl_dte", f"NEW.id = {first.id}", state="40001")
        self.run_crons("cron_send")
        self.assertEqual(moves[1].l10n_cl_dte_id.envio_id.state, "sent")
        self.assertNotIn("whose failure cannot be written", self.issuer.alarms or "")
        self.run_crons("cron_send")
        self.assertEqual(self.incidents(first).kind, "unwritten")
        self.assertIn("SerializationFailure", self.incidents(first).text)
        self.assertIn("whose failure cannot be written", self.issuer.alarms)
        self.allow("l10n_cl_dte")
        self.run_crons("cron_send")
        self.assertEqual(first.envio_id.state, "sent", "it was due again at once")
        self.assertFalse(self.incidents(first), "over by itself")


class TestMark(FailureCase):
    """What the comparison with the mark's file cannot write stops no queue."""

    def restore(self):
        self.run_crons()
        with self.forgotten():
            for price in (5000, 6000):
                self.post(lines=[{"price_unit": price}])
            self.run_crons()

    def test_nobody_can_be_notified(self):
        self.restore()
        self.forbid(
            "mail_message", f"NEW.model = 'l10n_cl.issuer' AND NEW.res_id = {self.issuer.id}"
        )
        self.run_crons("cron_send")
        self.assertTrue(self.issuer.is_examined, "what was found stays")
        self.run_crons("cron_examine")
        self.assertFalse(self.issuer.is_examined)
        self.assert_incident(self.issuer)

    def test_the_examination_cannot_be_kept(self):
        self.assert_others_go_on(
            "l10n_cl_issuer", f"NEW.id = {self.issuer.id} AND NEW.to_examine IS NOT NULL"
        )

    def test_the_mark_cannot_be_kept(self):
        self.assert_others_go_on("ir_config_parameter", "NEW.key = 'l10n_cl_sii.mark'")

    def assert_others_go_on(self, table, condition):
        self.restore()
        move = self.post()
        self.env["l10n_cl.mark"].sudo()._keep(filed=False)
        self.forbid(table, condition)
        self.run_alone("cron_send")
        self.assertEqual(move.l10n_cl_dte_id.envio_id.state, "sent")
        self.assert_incident(self.issuer)

    def assert_incident(self, record):
        self.assertEqual(self.incidents(record).kind, "unwritten")
        self.assertIn("whose failure cannot be written", self.issuer.alarms)


class TestOthers(FailureCase):
    def test_watchdog(self):
        """An issuer whose managers cannot be called keeps nobody from being called."""
        self.move = self.post()
        document = self.move.l10n_cl_dte_id.sudo()
        document._stop("It stopped.")
        self.forbid("mail_activity", f"NEW.res_id = {self.issuer.id}")
        self.env["l10n_cl.issuer"].sudo()._cron_watchdog()
        self.assert_reported(self.issuer)
        self.allow("mail_activity")
        self.env["l10n_cl.issuer"].sudo()._cron_watchdog()
        self.assertFalse(self.incidents(self.issuer), "over by itself")

    def test_not_even_the_incident_of_a_watchdog(self):
        self.post().l10n_cl_dte_id.sudo()._stop("It stopped.")
        self.forbid("mail_activity", f"NEW.res_id = {self.issuer.id}")
        self.forbid("l10n_cl_incident", f"NEW.res_id = {self.issuer.id}")
        self.env["l10n_cl.issuer"].sudo()._cron_watchdog()
        self.assertFalse(self.incidents(self.issuer))


class TestMailed(MailCase, FailureCase):
    def test_a_follower_without_address(self):
        """The customer got it: who only follows does not make it undelivered."""
        follower = self.env["res.partner"].create({"name": "Bodega sin correo"})
        move = self.post()
        move.message_subscribe(follower.ids)
        self.run_crons()
        self.deliver()
        self.assertEqual(len(self.mails_to("compras@penalolen.example")), 1)
        self.assertEqual(self.delivery(move).state, "sent", self.delivery(move).failure)

    def test_a_delivery_that_cannot_be_written(self):
        moves = self.post() | self.post()
        self.run_crons()
        stuck = self.delivery(moves[0])
        self.forbid("l10n_cl_delivery", f"NEW.id = {stuck.id}")
        with self.enter_registry_test_mode(), self.allow_pdf_render():
            self.env.ref("l10n_cl_sii.cron_deliver").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.delivery(moves[1]).state, "sent")
        self.assert_reported(stuck)
