"""What a buyer was asked to pay is changed by few, and it is seen who did."""

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user
from odoo.tools import mute_logger

from ..emission.emission_case import EmissionCase


class TestStatementChanged(EmissionCase):
    def person(self, login, groups):
        return new_test_user(
            self.env(su=True),
            login,
            groups,
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.people = {
            "billing": self.person("changed_billing", "account.group_account_invoice"),
            "sales": self.person("changed_sales", "sales_team.group_sale_salesman_all_leads"),
        }
        self.manager = self.person(
            "changed_manager", "l10n_cl_sii.group_manager,sales_team.group_sale_manager"
        )

    def notes(self, statement):
        return "\n".join(statement.sudo().message_ids.mapped("body"))

    def test_people_leave_it(self):
        dollars = self.env.ref("base.USD")
        dollars.sudo().active = True
        for who, user in self.people.items():
            for values in (
                {"amount": 1},
                {"amount": 35699},
                {"amount": 99999},
                {"amount": "1"},
                {"currency_id": dollars.id},
                {"amount": 1, "due_date": "2026-12-24"},
            ):
                statement = self.statement()
                with self.subTest(who=who, values=values), self.assertRaises(AccessError):
                    statement.with_user(user).with_context(tracking_disable=True).write(values)
            for state in ("sale", "cancel"):
                statement = self.statement()
                if state == "cancel":
                    statement.order_id._action_cancel()
                with self.subTest(who=who, deleted=state), self.assertRaises(AccessError):
                    statement.with_user(user).unlink()

    def test_by_the_order_too(self):
        statement = self.statement()
        order = statement.order_id.with_user(self.people["sales"])
        for command in (
            Command.update(statement.id, {"amount": 1}),
            Command.delete(statement.id),
            Command.set([]),
            Command.clear(),
        ):
            with self.subTest(command=command), self.assertRaises(AccessError):
                order.write({"l10n_cl_statement_ids": [command]})

    def test_back_to_a_quotation_whose_link_is_out(self):
        statement = self.statement()
        statement.l10n_cl_action_preview()
        statement.order_id._action_cancel()
        statement.order_id.action_draft()
        with self.assertRaises(AccessError):
            statement.with_user(self.people["sales"]).amount = 1

    def test_until_the_buyer_knows(self):
        order = self.order(confirm=False)
        statement = self.env["l10n_cl.statement"].create({"order_id": order.id, "amount": 35700})
        mine = statement.with_user(self.people["sales"])
        mine.amount = 30000
        self.assertEqual(statement.amount, 30000)
        mine.unlink()
        self.assertFalse(statement.exists())

    def test_an_amount_is_one_that_a_document_can_hold(self):
        order = self.order(confirm=False)
        for amount in (0, -1, 1e18, 1e300):
            values = {"order_id": order.id, "amount": amount}
            with (
                self.subTest(amount=amount),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.env["l10n_cl.statement"].create(values)
        self.env["l10n_cl.statement"].create({"order_id": order.id, "amount": 1e18 - 1000})

    def test_what_is_no_change_and_the_day_stay_open(self):
        statement = self.statement()
        mine = statement.with_user(self.people["billing"])
        mine.write({"amount": 35700.0, "due_date": "2026-12-24"})
        self.assertEqual(str(statement.due_date), "2026-12-24")

    def test_a_change_by_a_manager_is_recorded(self):
        statement = self.statement()
        context = {"tracking_disable": True, "mail_notrack": True, "mail_create_nolog": True}
        statement.with_user(self.manager).with_context(**context).amount = 30000
        text = self.notes(statement)
        for part in (self.manager.name, "35.700", "30.000"):
            self.assertIn(part.replace(",", "."), text.replace(",", "."))
        message = statement.sudo().message_ids[:1]
        self.assertEqual(message.author_id, self.manager.partner_id)

    def test_the_same_money_in_instalments(self):
        order = self.statement().order_id
        sales = self.people["sales"]
        wizard = self.env["l10n_cl.payment.plan"].with_user(sales).create({"order_id": order.id})
        with Form(wizard) as form:
            form.count = 3
        wizard.action_make()
        self.assertEqual(order.l10n_cl_statement_ids.mapped("amount"), [11900.0] * 3)

    def test_less_money_in_instalments(self):
        order = self.statement().order_id
        sales = self.people["sales"]
        order.with_user(sales).order_line.price_unit = 1
        wizard = self.env["l10n_cl.payment.plan"].with_user(sales).create({"order_id": order.id})
        wizard.count = 1
        with self.assertRaises(AccessError):
            wizard.action_make()
        self.assertEqual(order.l10n_cl_statement_ids.amount, 35700)
