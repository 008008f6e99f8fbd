"""What is missing, late or about to end is found, reported to the managers, and taken back."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from ..common import SiiCase


class TestWatchdog(SiiCase):
    def setUp(self):
        super().setUp()
        self.manager = self.new_manager("jefa_de_tributos")
        self.health = self.env["l10n_cl.health"]

    def new_manager(self, login):
        return new_test_user(
            self.env,
            login,
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
            lang="en_US",
        )

    def found(self):
        """code -> finding; its text is among the issuer's alarms or warnings."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {finding.code: finding for finding in self.health._findings(self.issuer)}

    def watch(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_watchdog").method_direct_trigger()

    def activities(self, user=None):
        return self.issuer.activity_ids.filtered(
            lambda activity: activity.user_id == (user or self.manager)
        )

    def age(self, records, **by):
        """Make rows older than they are."""
        self.env.flush_all()
        self.cr.execute(
            f"UPDATE {records._table} SET write_date = %s, create_date = %s WHERE id IN %s",
            [*[fields.Datetime.now() - timedelta(**by)] * 2, tuple(records.ids)],
        )
        self.env.invalidate_all()

    def test_nothing_to_report(self):
        self.post()
        self.run_crons()
        self.assertEqual(self.found(), {})
        self.watch()
        self.assertFalse(self.activities())
        self.assertFalse(self.issuer.alarms or self.issuer.warnings)

    def test_called_once_and_taken_back(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.run_crons()
        second = self.new_manager("segunda_jefa")
        self.watch()
        self.watch()
        for user in (self.manager, second):
            activity = self.activities(user)
            self.assertEqual(len(activity), 1, "no piling up")
            self.assertIn("not corrected yet: 1", activity.summary)
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        other = self.post()
        self.run_crons()
        self.watch()
        self.assertEqual(self.activities(second), activity, "more of the same is no news")
        self.assertIn("not corrected yet: 2", activity.summary)
        for rejected in move + other:
            rejected.button_draft()
            rejected.action_post()
        self.run_crons()
        self.watch()
        self.assertFalse(self.activities(), "fixed")

    def test_something_new_calls_again(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        self.post()
        self.run_crons()
        self.watch()
        before = self.activities()
        self.env.ref("l10n_cl_sii.cron_poll").active = False
        self.watch()
        after = self.activities()
        self.assertFalse(before.exists())
        self.assertEqual(len(after), 1)
        self.assertIn("switched off", after.summary, "the worst first")
        self.assertIn("(+1)", after.summary)
        self.assertIn("not corrected yet", after.note)
        self.env.ref("l10n_cl_sii.cron_poll").active = True
        self.watch()
        self.assertEqual(self.activities(), after)
        self.assertNotIn("switched off", after.note, "fixed")

    def test_an_activity_marked_as_done_comes_back_until_it_is_fixed(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        self.post()
        self.run_crons()
        self.watch()
        self.activities().action_done()
        self.watch()
        self.assertEqual(len(self.activities()), 1)

    def test_managers_of_other_companies_are_not_bothered(self):
        company = self.env["res.company"].create({"name": "Otra"})
        stranger = self.new_manager("jefe_ajeno")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        self.post()
        self.run_crons()
        self.watch()
        self.assertTrue(self.activities())
        self.assertFalse(self.activities(stranger))

    def test_posted_without_document(self):
        move = self.post()
        # as if a module had posted it past us
        self.env.flush_all()
        self.cr.execute("UPDATE l10n_cl_dte SET move_id = NULL WHERE move_id = %s", [move.id])
        self.cr.execute("UPDATE account_move SET l10n_cl_dte_id = NULL WHERE id = %s", [move.id])
        self.assertEqual(self.found()["not_issued"].data["count"], 1)
        self.assertIn("without their tax document: 1", self.issuer.alarms)

    def test_what_is_older_than_the_issuer_was_issued_elsewhere(self):
        move = self.post()
        self.env.flush_all()
        self.cr.execute("UPDATE account_move SET l10n_cl_dte_id = NULL WHERE id = %s", [move.id])
        self.age(move, days=1)
        self.assertNotIn("not_issued", self.found())

    def test_waiting_too_long(self):
        move = self.post()
        self.age(move.l10n_cl_dte_id, hours=3)
        self.assertNotIn("late", self.found())
        self.age(move.l10n_cl_dte_id, hours=5)
        self.assertEqual(self.found()["late"].data["count"], 1)
        self.run_crons("cron_send")
        self.assertNotIn("late", self.found(), "it went on")
        self.age(move.l10n_cl_dte_id, hours=25)
        self.assertIn("late", self.found())

    def test_waiting_too_long_at_an_archived_issuer(self):
        move = self.post()
        self.age(move.l10n_cl_dte_id.sudo(), hours=5)
        self.issuer.active = False
        self.watch()
        self.assertIn("late", self.activities().l10n_cl_findings)
        self.run_crons()
        self.watch()
        self.assertFalse(self.activities())

    def test_a_note_is_not_late_before_its_original(self):
        invoice = self.post()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "reason": "Venta anulada"})
        )
        note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        note.action_post()
        self.age(note.l10n_cl_dte_id, hours=5)
        self.assertNotIn("late", self.found())

    def test_needs_attention_and_unknown(self):
        self.sii.add_to_script({"on": "upload", "do": "status:1"})
        stopped = self.post()
        self.run_crons("cron_send")
        self.sii.add_to_script({"on": "upload", "do": "drop_before"})
        self.post()
        self.run_crons("cron_send")
        found = self.found()
        self.assertEqual(found["attention"].data["count"], 1)
        self.assertEqual(found["unknown"].data["count"], 1)
        stopped.l10n_cl_action_retry()
        for _probe in range(3):
            self.run_crons("cron_probe")
        self.run_crons()
        self.assertEqual(self.found(), {})

    def test_void_folios_wait_to_be_declared(self):
        move = self.post()
        move.l10n_cl_dte_id.action_void()
        self.assertEqual(self.found()["void"].data["count"], 1)

    def test_certificate(self):
        certificate = self.issuer.certificate_id
        now = fields.Datetime.now()
        for days, code in ((31, None), (29, "certificate_ends"), (-1, "certificate_expired")):
            certificate.date_end = now + timedelta(days=days)
            self.assertEqual([*self.found()], [code] if code else [])

    def test_crons(self):
        cron = self.env.ref("l10n_cl_sii.cron_poll")
        cron.active = False
        self.assertEqual(self.found()["cron_off"].data["names"], cron)
        self.assertIn(cron.name, self.issuer.alarms)
        cron.write({"active": True, "nextcall": fields.Datetime.now() - timedelta(hours=2)})
        self.assertEqual(self.found()["cron_late"].data["names"], cron)
        self.assertEqual(self.found()["cron_late"].severity, "critical")

    def test_every_cron_of_ours_is_watched(self):
        """Also those of the addons on top."""
        ours = self.env["ir.model.data"].search(
            [("module", "=like", "l10n_cl_sii%"), ("model", "=", "ir.cron")]
        )
        crons = self.env["ir.cron"].browse(ours.mapped("res_id"))
        if "l10n_cl_sii_api" in ours.mapped("module"):
            self.assertIn(self.env.ref("l10n_cl_sii_api.cron_webhooks"), crons)
        for cron in crons.filtered("active"):
            cron.active = False
            self.assertEqual(self.found()["cron_off"].data["names"], cron)
            cron.active = True

    def test_a_lane_may_be_off(self):
        lane = self.env.ref("l10n_cl_sii.cron_send_lane_2")
        self.assertFalse(lane.active)
        self.assertNotIn("cron_off", self.found())

    def test_queries_do_not_grow_with_documents(self):
        self.post()
        self.found()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.health._findings(self.issuer)
        queries = self.cr.sql_log_count - before
        for _more in range(3):
            self.post()
            self.post(code=34)
        self.run_crons()
        self.found()  # what the scheduled actions emptied of Odoo's caches is there again
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.health._findings(self.issuer)
        self.assertLessEqual(self.cr.sql_log_count - before, queries)
