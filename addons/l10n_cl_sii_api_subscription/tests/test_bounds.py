"""How much may be asked for in one call."""

from datetime import date, timedelta

from odoo.addons.l10n_cl_sii.sii import clock
from odoo.exceptions import UserError

from .common import SubscriptionApiCase


class TestBounds(SubscriptionApiCase):
    def enrolment(self, service, **values):
        part = {"subscription_id": service["id"], "buyer_id": self.make_buyer()["id"], **values}
        return {"subscription_buyer": part}

    def test_days_on_which_nothing_begins(self):
        service = self.make_subscription(emit_document=False)
        today = clock.today()
        for day in (
            "0001-01-01",
            "0206-03-01",
            "1999-12-31",
            str(today - timedelta(days=800)),
            str(today + timedelta(days=2000)),
            "9999-12-31",
        ):
            with self.subTest(day=day):
                body = self.enrolment(service, start_date=day)
                error = self.refused("POST", "/subscription_buyers", body)
                self.assertEqual(error["param"], "subscription_buyer.start_date")
                self.assertIn("must be from", error["message"])

    def test_a_person_is_refused_with_a_sentence(self):
        service = self.make_subscription(emit_document=False)
        made = self.made("/subscription_buyers", self.enrolment(service))
        subscription = self.env["sale.subscription"].search([("l10n_cl_uuid", "=", made["id"])])
        template, buyer = subscription.template_id, subscription.partner_id
        with self.assertRaisesRegex(UserError, "every period from that day on"):
            template._l10n_cl_enrol(buyer, buyer, date_start=date(206, 1, 1))

    def test_missed_periods_are_made_by_the_scheduled_action(self):
        service = self.make_subscription(recurrence="week", emit_document=False)
        start = str(clock.today() - timedelta(weeks=16))
        made = self.made("/subscription_buyers", self.enrolment(service, start_date=start))
        self.assertEqual(len(made["statements"]), 12)
        cron = self.env.ref("l10n_cl_sii_subscription.cron_periods")
        triggers = self.env["ir.cron.trigger"].sudo()
        self.assertTrue(triggers.search_count([("cron_id", "=", cron.id)]))
        for _run in range(3):  # on a busy machine one is too short
            cron.method_direct_trigger()
        _status, answer = self.call("GET", f"/subscription_buyers/{made['id']}")
        self.assertGreater(len(answer["data"]["statements"]), 16)
