"""Who sees and does what with statements, requests and policies."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .emission_case import EmissionCase


class TestEmissionRights(EmissionCase):
    def new_user(self, login, groups, company=None):
        company = company or self.company
        return new_test_user(
            self.env(su=True), login, groups, company_id=company.id, company_ids=company.ids
        )

    def test_a_salesman_plans_his_own_orders(self):
        salesman = self.new_user("vendedora", "sales_team.group_sale_salesman")
        others = self.statement(user_id=self.env.user.id)
        mine = self.statement(user_id=salesman.id).with_user(salesman)
        seen = self.env["l10n_cl.statement"].with_user(salesman).search([])
        self.assertIn(mine, seen)
        self.assertNotIn(others, seen)
        mine.due_date += timedelta(days=30)
        self.assertEqual(mine.request_id.state, "waiting")
        with self.assertRaises(AccessError):
            mine.state = "paid"
        with self.assertRaises(AccessError):
            mine.request_id.write({"state": "ready"})
        with self.assertRaises(AccessError):
            self.policy.with_user(salesman).emit_at = "due_date"
        with self.assertRaises(AccessError):
            mine.l10n_cl_action_pay_and_emit()

    def test_an_accountant_pays_and_emits(self):
        clerk = self.new_user("cajero", "account.group_account_invoice")
        statement = self.statement().with_user(clerk)
        action = statement.l10n_cl_action_pay_and_emit()
        wizard = self.env["l10n_cl.pay.and.emit"].with_user(clerk).browse(action["res_id"])
        wizard.action_pay_and_emit()
        self.assertEqual(statement.state, "paid")
        self.assertEqual(wizard.move_ids.l10n_cl_dte_state, "signed")

    def test_a_reader_reads(self):
        reader = self.new_user("lectora", "account.group_account_readonly")
        statement = self.statement().with_user(reader)
        self.assertEqual(statement.request_id.state, "waiting")
        self.assertTrue(statement.request_id.policy_id.name)
        with self.assertRaises(AccessError):
            statement.amount = 1
        with self.assertRaises(AccessError):
            statement.request_id.action_emit_now()

    def test_another_company_sees_nothing(self):
        other = self.company_data_2["company"]
        stranger = self.new_user("ajena", "account.group_account_manager", other)
        statement = self.statement()
        for record in (statement, statement.request_id, self.policy):
            self.assertFalse(record.with_user(stranger).search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["company_id"])
        with self.assertRaises(AccessError):
            statement.request_id.with_user(stranger).action_retry()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_data_2 = cls.setup_other_company()
