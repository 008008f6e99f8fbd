"""A called person still works here and may open the record of the call."""

from ..access.access_case import ALL, AccessCase

EMPLOYEE = "base.group_user"


class TestResponsible(AccessCase):
    def called(self, *users, record=None):
        record = record or self.row("account.move")
        return self.company._l10n_cl_responsible(*users, record=record)

    def test_the_first_who_may_open_it(self):
        employee = self.user_of("sin_derechos", EMPLOYEE, self.company)
        clerk = self.user_of("cajera", "account.group_account_invoice", self.company)
        self.assertEqual(self.called(employee, clerk), clerk)
        self.assertEqual(self.called(clerk, employee), clerk)

    def test_nobody_of_these_means_a_manager(self):
        archived = self.user_of("se_fue", ALL, self.company)
        archived.active = False
        elsewhere, portal = self.nobodies["manager_b"], self.nobodies["portal"]
        employee = self.nobodies["employee"]
        none = self.env["res.users"]
        for users in ((archived,), (elsewhere,), (portal,), (employee,), (none,), ()):
            called = self.called(*users)
            self.assertTrue(called.has_group("l10n_cl_sii.group_manager"), users)
            self.assertIn(self.company, called.company_ids)
            self.assertTrue(called.active)

    def test_a_seller_is_not_called_to_another_s_order(self):
        seller = self.user_of("vendedor", "sales_team.group_sale_salesman", self.company)
        statement = self.row("l10n_cl.statement")
        statement.order_id.user_id = self.owner
        self.assertNotEqual(self.called(seller, record=statement), seller)
        statement.order_id.user_id = seller
        self.assertEqual(self.called(seller, record=statement), seller)

    def test_a_company_without_managers(self):
        lonely = self.env["res.company"].sudo().create({"name": "Sola"})
        employee = self.user_of("solo", EMPLOYEE, lonely)
        called = lonely._l10n_cl_responsible(employee, record=self.row("account.move"))
        self.assertEqual(called, self.env.ref("base.user_root"))

    def test_an_employee_as_salesman_gets_no_activity(self):
        """A rejected invoice whose salesman has no right to invoices."""
        employee = self.user_of("sin_derechos", EMPLOYEE, self.company)
        self.sii.add_to_script({"on": "upload", "do": "status:1"})
        move = self.post(invoice_user_id=employee.id)
        self.run_crons("cron_send")
        self.assertEqual(move.l10n_cl_dte_state, "exception")
        self.assertTrue(move.activity_ids)
        self.assertNotIn(employee, move.activity_ids.user_id)
