"""A copy of the database mails nobody: the customer would get it from both."""

from ..delivery.mail_case import MailCase
from .mark_case import MarkCase


class TestMailsOfACopy(MailCase, MarkCase):
    def accepted(self):
        move = self.post()
        self.run_crons()
        self.go_to_production(move)
        return move

    def assert_held_until_confirmed(self, move):
        self.deliver()
        self.assertEqual(self.mail_server.mails, [])
        self.assertEqual(self.delivery(move).state, "to_send")
        self.assertIn("no mail or notice about documents leaves", self.issuer.alarms)
        triggers = self.env["ir.cron.trigger"].sudo()
        cron = self.env.ref("l10n_cl_sii.cron_deliver")
        triggers.search([("cron_id", "=", cron.id)]).unlink()
        self.issuer.with_user(self.new_manager()).action_confirm_database()
        self.assertTrue(triggers.search([("cron_id", "=", cron.id)]))
        self.deliver()
        self.assertEqual(len(self.mails_to("compras@penalolen.example")), 1)

    def test_another_name(self):
        move = self.accepted()
        self.mark._keep(database="the_original")
        self.assert_held_until_confirmed(move)

    def test_another_server(self):
        """The action that mails is the first to find out."""
        move = self.accepted()
        self.mark._path().unlink()
        self.assert_held_until_confirmed(move)

    def test_the_upgrade_reports_it(self):
        """An issuer that was no more this database's, in one that has a mark of its own."""
        move = self.accepted()
        self.issuer.sudo().database_mark = False
        self.assert_held_until_confirmed(move)

    def test_another_companys_are_not_held(self):
        move = self.accepted()
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        self.mark._keep(database="the_original")
        self.assertNotIn(other, self.env["l10n_cl.issuer"]._shut_companies())
        branch = (
            self.env["res.company"].sudo().create({"name": "Norte", "parent_id": self.company.id})
        )
        self.assertEqual(self.env["l10n_cl.issuer"]._shut_companies(), self.company | branch)
        self.assert_held_until_confirmed(move)

    def test_in_certification_a_copy_hinders_nobody(self):
        move = self.post()
        self.run_crons()
        self.mark._keep(database="the_original")
        self.deliver()
        self.assertEqual(self.delivery(move).state, "sent")
