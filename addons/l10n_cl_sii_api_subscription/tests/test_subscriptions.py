"""What is sold by periods: made, read, changed, listed; its errors are those of the guide."""

from odoo.addons.l10n_cl_sii_api.routers.support.body import NOT_ENABLED

from .common import MEMBERSHIP, SAMPLE, SubscriptionApiCase


class TestSubscriptions(SubscriptionApiCase):
    def test_sample_of_the_guide(self):
        made = self.made("/subscriptions", SAMPLE)
        asked = SAMPLE["subscription"]
        self.assertEqual({name: made[name] for name in asked}, asked)
        self.assertEqual(made["products"], [MEMBERSHIP])
        configuration = {**SAMPLE["invoice_configuration"], "vat_exempt": False}
        self.assertEqual(made["invoice_configuration"], configuration)
        self.assertEqual(self.call("GET", f"/subscriptions/{made['id']}"), (200, {"data": made}))
        self.assertEqual(self.call("GET", "/subscriptions")[1]["data"], [made])

    def test_every_recurrence(self):
        for recurrence in ("week", "month", "bimonth", "quarter", "semester", "year"):
            made = self.make_subscription(recurrence=recurrence)
            self.assertEqual((made["recurrence"], made["dop"]), (recurrence, 5))

    def test_year_week_and_periods(self):
        yearly = self.make_subscription(recurrence="year", dop=28, mop=2, periods=3)
        self.assertEqual((yearly["dop"], yearly["mop"], yearly["periods"]), (28, 2, 3))
        sunday = self.make_subscription(recurrence="week", dop=0)
        self.assertEqual((sunday["dop"], sunday["mop"], sunday["periods"]), (0, None, None))

    def test_refused(self):
        rows = [
            ({"name": None}, "name"),
            ({"recurrence": None}, "recurrence"),
            ({"recurrence": "daily"}, "recurrence"),
            ({"dop": 0}, "dop"),
            ({"dop": 29}, "dop"),
            ({"dop": "5"}, "dop"),
            ({"dop": 7, "recurrence": "week"}, "dop"),
            ({"mop": 13, "recurrence": "year"}, "mop"),
            ({"mop": 3}, "mop"),
            ({"periods": 0}, "periods"),
        ]
        for wrong, name in rows:
            with self.subTest(wrong=wrong):
                body = {**SAMPLE, "subscription": {**SAMPLE["subscription"], **wrong}}
                error = self.refused("POST", "/subscriptions", body)
                self.assertIn(f"subscription.{name}", error["param"])
        self.assertEqual(self.call("GET", "/subscriptions")[1]["data"], [])

    def test_errors_of_the_guide(self):
        for name, message in [
            ("document", "document must be one of: invoice, receipt, selectable"),
            ("emit_at", "emit_at must be one of: payment, due_date"),
        ]:
            error = self.refused(
                "POST", "/subscriptions", {**SAMPLE, "invoice_configuration": {name: "other"}}
            )
            self.assertEqual(error["message"], message)

    def test_products_are_required(self):
        body = {"subscription": SAMPLE["subscription"]}
        self.assertEqual(self.refused("POST", "/subscriptions", body)["param"], "products")

    def test_update(self):
        made = self.make_subscription()
        path = f"/subscriptions/{made['id']}"
        body = {"subscription": {"name": "Plan", "dop": 28, "emit_document": False}}
        changed = self.changed(path, body)
        self.assertEqual(
            (changed["name"], changed["dop"], changed["emit_document"]), ("Plan", 28, False)
        )
        body = {"subscription": {"recurrence": "week"}}
        error = self.refused("PATCH", path, body)
        self.assertEqual(error["param"], "subscription.recurrence")

    def test_without_integration(self):
        self.issuer.active = False
        body = {"subscription": SAMPLE["subscription"], "products": [MEMBERSHIP]}
        error = self.refused("POST", "/subscriptions", {**SAMPLE, "products": "broken"})
        self.assertEqual(error["message"], NOT_ENABLED)
        made = self.made("/subscriptions", body)
        self.assertNotIn("emit_document", made)
        self.assertNotIn("invoice_configuration", made)

    def test_another_company_s_is_not_found(self):
        made = self.make_subscription()
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        _client, auth = self.make_client(other)
        for method, body in [("GET", None), ("PATCH", {"subscription": {"name": "x"}})]:
            self.refused(method, f"/subscriptions/{made['id']}", body, 404, auth=auth)
        self.assertEqual(self.call("GET", "/subscriptions", auth=auth)[1]["data"], [])
