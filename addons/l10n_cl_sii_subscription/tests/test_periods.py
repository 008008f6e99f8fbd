"""Each period is owed once, in time, and its document emits itself when it is paid."""

from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo import Command
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii.tests.emission.emission_case import EmissionCase
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger


@tagged("post_install_l10n", "post_install", "-at_install")
class SubscriptionCase(EmissionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Pesos", "currency_id": cls.company.currency_id.id}
        )

    def template(self, recurrence="month", **values):
        dop = {"l10n_cl_has_dop": True, "l10n_cl_dop": values.pop("dop")} if "dop" in values else {}
        return self.env["sale.subscription.template"].create(
            {
                "name": "Membresía",
                "l10n_cl_recurrence": recurrence,
                "l10n_cl_emit_document": True,
                **dop,
                **values,
            }
        )

    def enrol(self, template, start=None, run=True, **values):
        subscription = self.env["sale.subscription"].create(
            {
                "template_id": template.id,
                "partner_id": self.customer.id,
                "pricelist_id": self.pricelist.id,
                "date_start": start or clock.today(),
                "sale_subscription_line_ids": [
                    Command.create(
                        {
                            "product_id": self.cable.id,
                            "name": "Membresía",
                            "price_unit": 10000,
                            "tax_ids": [Command.set(self.vat.ids)],
                        }
                    )
                ],
                **values,
            }
        )
        if run:
            subscription.action_start_subscription()
        return subscription

    def run_periods(self, day=None):
        with self.enter_registry_test_mode():
            cron = self.env.ref("l10n_cl_sii_subscription.cron_periods")
            if day:
                with freeze_time(f"{day} 15:00:00"):
                    cron.method_direct_trigger()
            else:
                cron.method_direct_trigger()
        self.env.invalidate_all()

    def dues(self, subscription):
        return sorted(subscription.l10n_cl_statement_ids.mapped("due_date"))


class TestPeriods(SubscriptionCase):
    def test_paid_and_emitted(self):
        subscription = self.enrol(self.template())
        statement = subscription.l10n_cl_statement_ids.sorted("due_date")[0]
        self.assertEqual((statement.amount, statement.request_id.state), (11900, "waiting"))
        self.assertEqual(subscription.l10n_cl_status, "pending")
        self.pay(statement)
        self.run_requests()
        self.assert_emitted_once(statement)
        self.assertEqual(subscription.l10n_cl_status, "active")
        self.assertFalse(subscription.invoice_ids)

    @freeze_time("2026-11-21 15:00:00")
    def test_the_coming_one_is_there_beforehand(self):
        subscription = self.enrol(self.template(dop=5))
        self.assertEqual(self.dues(subscription), [date(2026, 12, 5)])
        self.assertEqual(subscription.l10n_cl_next_due, date(2027, 1, 5))
        self.run_periods("2026-12-04")
        self.assertEqual(len(self.dues(subscription)), 1)
        self.run_periods("2026-12-05")
        self.run_periods("2026-12-05")
        self.assertEqual(self.dues(subscription), [date(2026, 12, 5), date(2027, 1, 5)])

    @freeze_time("2026-11-21 15:00:00")
    def test_catches_up(self):
        subscription = self.enrol(self.template(dop=28))
        self.run_periods("2027-03-01")
        months = [(2026, 11), (2026, 12), (2027, 1), (2027, 2), (2027, 3)]
        self.assertEqual(self.dues(subscription), [date(*month, 28) for month in months])
        with freeze_time("2027-03-01 15:00:00"):
            self.assertEqual(subscription.l10n_cl_status, "indebt")

    @freeze_time("2026-11-21 15:00:00")
    def test_weekly_and_yearly(self):
        weekly = self.enrol(self.template("week", dop=1))
        self.run_periods("2026-12-01")
        mondays = [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)]
        self.assertEqual(self.dues(weekly), mondays)
        yearly = self.enrol(self.template("year", dop=28, l10n_cl_mop=2))
        self.run_periods("2028-02-29")
        self.assertEqual(self.dues(yearly), [date(year, 2, 28) for year in (2027, 2028, 2029)])

    def test_never_twice(self):
        subscription = self.enrol(self.template())
        order = subscription.sale_order_ids[:1]
        with (
            self.assertRaises(psycopg2.IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["sale.order"].create(subscription._l10n_cl_prepare_order(order.l10n_cl_period))
            self.env.flush_all()

    @freeze_time("2026-11-21 15:00:00")
    def test_so_many_periods_and_finished(self):
        template = self.template(dop=21, recurring_rule_boundary="limited", recurring_rule_count=2)
        subscription = self.enrol(template)
        self.run_periods("2028-01-01")
        self.assertEqual(self.dues(subscription), [date(2026, 11, 21), date(2026, 12, 21)])
        self.assertTrue(subscription.in_progress)
        for statement in subscription.l10n_cl_statement_ids:
            self.pay(statement)
        self.assertEqual(subscription.l10n_cl_status, "finished")
        self.run_periods()
        self.assertEqual(subscription.stage_type, "post")
        self.assertEqual(subscription.l10n_cl_status, "finished")

    @freeze_time("2026-11-21 15:00:00")
    def test_end_date(self):
        subscription = self.enrol(self.template(dop=5), l10n_cl_end_date="2027-01-04")
        self.run_periods("2027-06-01")
        self.assertEqual(self.dues(subscription), [date(2026, 12, 5)])

    @freeze_time("2026-11-21 15:00:00")
    def test_cancelled(self):
        subscription = self.enrol(self.template(dop=5))
        statement = subscription.l10n_cl_statement_ids
        subscription.close_subscription()
        self.assertEqual(subscription.l10n_cl_status, "canceled")
        self.assertEqual(statement.order_id.state, "cancel")
        self.assertEqual(statement.request_id.state, "cancelled")
        self.run_periods("2027-06-01")
        self.assertEqual(len(self.dues(subscription)), 1)

    @freeze_time("2026-11-21 15:00:00")
    def test_what_came_due_while_paused_is_not_owed(self):
        subscription = self.enrol(self.template("bimonth", dop=5))
        subscription.action_pause()
        self.run_periods("2027-06-01")
        self.assertEqual(self.dues(subscription), [date(2026, 12, 5)])
        with freeze_time("2027-06-10 15:00:00"):
            subscription.action_resume()
        self.assertEqual(self.dues(subscription), [date(2026, 12, 5), date(2027, 8, 5)])

    @freeze_time("2026-11-21 15:00:00")
    def test_another_day_from_the_next_period_on(self):
        subscription = self.enrol(self.template(dop=5))
        subscription.l10n_cl_dop = 20
        self.run_periods("2026-12-05")
        self.assertEqual(self.dues(subscription), [date(2026, 12, 5), date(2027, 1, 20)])

    def test_wrong_days(self):
        for recurrence, dop, mop in [
            ("month", 0, 0),
            ("month", 29, 0),
            ("week", 7, 0),
            ("week", -1, 0),
            ("year", 5, 13),
            ("month", 5, 3),
        ]:
            days = {"recurrence": recurrence, "dop": dop, "l10n_cl_mop": mop}
            with self.subTest(**days), self.assertRaises(ValidationError):
                self.template(**days)
        with self.assertRaises(ValidationError):
            self.enrol(self.template(dop=5), l10n_cl_dop=29)

    def test_policy_of_the_template_reaches_what_is_unpaid(self):
        template = self.template(l10n_cl_emit_document=False)
        subscription = self.enrol(template)
        statement = subscription.l10n_cl_statement_ids[:1]
        self.assertFalse(statement.request_id)
        template.l10n_cl_emit_document = True
        self.assertEqual(statement.request_id.state, "waiting")
        own = self.policy.copy({"document": "receipt"})
        template.l10n_cl_emission_policy_id = own
        self.assertEqual(statement.request_id.policy_id, own)

    def test_no_invoice_beside_the_statements(self):
        subscription = self.enrol(self.template())
        with self.assertRaises(UserError):
            subscription.manual_invoice()
        self.env["sale.subscription"].cron_subscription_management()
        self.assertFalse(subscription.invoice_ids)
        self.assertFalse(subscription.sale_order_ids.invoice_ids)

    def test_without_recurrence_it_invoices_as_before(self):
        self.cable.property_account_income_id = self.company_data["default_account_revenue"]
        subscription = self.enrol(self.template(False))
        self.assertFalse(subscription.l10n_cl_statement_ids)
        self.assertFalse(subscription.l10n_cl_status)
        subscription.manual_invoice()
        self.assertEqual(len(subscription.invoice_ids), 1)

    def test_a_period_starts_no_subscription(self):
        template = self.template()
        self.cable.write({"subscribable": True})
        self.cable.product_tmpl_id.subscription_template_id = template
        self.enrol(template)
        self.assertEqual(template.subscription_count, 1)

    def test_the_order_that_began_it_paid_the_first_period(self):
        self.cable.write({"subscribable": True})
        template = self.template()
        self.cable.product_tmpl_id.subscription_template_id = template
        order = self.order()
        subscription = order.subscription_ids
        self.assertEqual(subscription.template_id, template)
        (due,) = self.dues(subscription)
        self.assertGreater((due - clock.today()).days, 20)

    def test_nothing_to_sell(self):
        with self.assertRaisesRegex(UserError, "sells nothing"):
            self.enrol(self.template(), sale_subscription_line_ids=[])


class TestPrivacy(SubscriptionCase):
    def test_a_subscription_never_billed_is_listed_and_erased(self):
        self.customer.vat = "76086428-5"
        subscription = self.enrol(self.template())
        privacy = self.env["l10n_cl.privacy"]
        held = privacy._held(self.company, "76.086.428-5", False)
        records = {each["what"]: each["records"] for each in held}
        self.assertEqual(records["Subscriptions"][0]["name"], subscription.name)
        self.assertTrue(records["Statements"])
        privacy._erase(self.company, "76.086.428-5", False)
        self.assertFalse(subscription.exists())
        self.assertFalse(privacy._held(self.company, "76.086.428-5", False))
