"""Production is sent to from one database only, until a manager states that it moved."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import SiiCase


class TestDatabaseGuard(SiiCase):
    def setUp(self):
        super().setUp()
        self.move = self.post()
        self.move_to("production", 80)
        self.env.flush_all()
        self.parameters = self.env["ir.config_parameter"].sudo()

    def move_to(self, environment, resolution_number):
        """Issuer and document as if they had always been there.

        The simulator takes what it is sent, whatever the environment is called; but no CAF of a
        simulator stamps in production, so the document is made before.
        """
        self.move.l10n_cl_dte_id.sudo().environment = environment
        self.issuer.write({"environment": environment, "resolution_number": resolution_number})

    def become_a_copy(self):
        self.parameters.set_param("database.uuid", "another-database")
        self.env.invalidate_all()

    def asked(self):
        return [each["operation"] for each in self.exchanges()]

    def new_manager(self):
        return new_test_user(
            self.env,
            "jefe_de_copias",
            "account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def test_at_home_it_sends(self):
        self.assertFalse(self.issuer.is_copy)
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())

    def test_a_copy_sends_nothing_and_reports_it(self):
        self.become_a_copy()
        self.run_crons()
        self.assertEqual(self.asked(), [])
        envio = self.move.l10n_cl_dte_id.envio_id
        self.assertIn(envio.state, (False, "ready"))
        self.assertIn("perhaps a copy", self.move.l10n_cl_dte_waiting_text)
        self.assertIn("perhaps a copy", self.issuer.alarms)
        self.assertIn("perhaps a copy", self.issuer.missing)
        with self.assertRaisesRegex(UserError, "perhaps a copy"):
            self.draft().action_post()

    def test_the_only_door_is_shut(self):
        self.become_a_copy()
        with self.assertRaisesRegex(UserError, "perhaps a copy"):
            self.issuer._gateway()

    def test_a_copy_in_certification_may_send(self):
        self.move_to("certification", 0)
        self.become_a_copy()
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())

    def test_a_manager_confirms_that_it_moved(self):
        self.become_a_copy()
        manager = self.new_manager()
        self.issuer.with_user(manager).action_confirm_database()
        self.assertFalse(self.issuer.is_copy)
        self.assertIn("sends to the SII's production", self.issuer.message_ids[0].body)
        self.assertEqual(self.issuer.message_ids[0].create_uid, manager)
        self.run_crons("cron_send")
        self.assertIn("upload", self.asked())

    def test_nobody_else_confirms(self):
        self.become_a_copy()
        clerk = new_test_user(self.env, "copista", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.issuer.with_user(clerk).action_confirm_database()

    def test_a_neutralised_copy_is_never_confirmed(self):
        self.become_a_copy()
        self.parameters.set_param("database.is_neutralized", "true")
        with self.assertRaisesRegex(UserError, "neutralised"):
            self.issuer.action_confirm_database()
