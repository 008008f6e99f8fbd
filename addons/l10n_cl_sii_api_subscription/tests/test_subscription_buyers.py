"""Who pays by periods: enrolled with tax data, charged, paid, and the document emitted."""

from odoo import fields
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii_api.routers.support.invoicing import (
    INFORMATION_REQUIRED,
    NOT_A_COMMUNE,
)

from .common import BUSINESS, CONSUMER, SAMPLE, SubscriptionApiCase

INFORMATION = "subscription_buyer.invoice_information"


class TestSubscriptionBuyers(SubscriptionApiCase):
    def enrolled(self, information=None, **values):
        values["invoice_information"] = information or BUSINESS
        return self.enrol_in(self.make_subscription(), **values)

    def current(self, made):
        return self.call("GET", f"/subscription_buyers/{made['id']}")[1]["data"]

    def pay(self, statement, amount=5000):
        payment = {"payment": {"amount": amount, "payment_method": "Webpay"}}
        return self.made(f"/statements/{statement['id']}/payments", payment)

    def test_factura(self):
        made = self.enrolled()
        self.assertEqual(made["invoice_information"], {"document": "invoice", **BUSINESS})
        self.assertEqual((made["status"], made["dop"], made["mop"]), ("pending", 5, None))
        statement = made["statements"][0]
        self.assertEqual((statement["amount"], statement["currency"]), (5000, "CLP"))
        self.assertEqual(statement["due_date"][-2:], "05")
        self.assertEqual(statement["subscription_buyer_id"], made["id"])
        self.assertEqual(statement["emission"]["state"], "waiting")
        self.pay(statement)
        self.run_requests()
        self.run_crons()
        buyer = self.current(made)
        emission = buyer["statements"][0]["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("accepted", 33), emission)
        self.assertEqual(buyer["status"], "active")

    def test_boleta(self):
        made = self.enrolled(CONSUMER)
        self.assertEqual(made["invoice_information"]["document"], "receipt")
        self.pay(made["statements"][0])
        self.run_requests()
        emission = self.current(made)["statements"][0]["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("signed", 39), emission)

    def test_statements_of_one_buyer(self):
        made, _other = self.enrolled(), self.enrolled()
        status, answer = self.call("GET", f"/statements?subscription_buyer_id={made['id']}")
        self.assertEqual((status, answer["data"]), (200, made["statements"]))
        self.refused("GET", "/statements?subscription_buyer_id=nobody", None, 404)

    def test_uf(self):
        product = {"name": "Arriendo", "value": 3.25, "currency": "UF"}
        service = self.make_subscription([product])
        self.assertEqual(service["products"], [product])
        made = self.enrol_in(service, invoice_information=BUSINESS)
        statement = made["statements"][0]
        self.assertEqual((statement["amount"], statement["currency"]), (3.25, "UF"))
        self.env["res.currency.rate"].create(
            {
                "name": clock.today(),
                "currency_id": self.env.ref("l10n_cl.UF").id,
                "company_id": self.company.id,
                "inverse_company_rate": 39485.65,
            }
        )
        self.pay(statement, 3.25)
        self.run_requests()
        emission = self.current(made)["statements"][0]["emission"]
        self.assertEqual(emission["state"], "signed", emission)

    def test_information_is_required(self):
        service, buyer = self.make_subscription(), self.make_buyer()
        part = {"subscription_id": service["id"], "buyer_id": buyer["id"]}
        error = self.refused("POST", "/subscription_buyers", {"subscription_buyer": part})
        self.assertEqual((error["message"], error["param"]), (INFORMATION_REQUIRED, INFORMATION))
        self.assertEqual(self.call("GET", "/subscription_buyers")[1]["data"], [])

    def test_information_is_ignored_when_nothing_is_emitted(self):
        service = self.make_subscription(emit_document=False)
        made = self.enrol_in(service, invoice_information={**BUSINESS, "commune": "nowhere"})
        self.assertIsNone(made["invoice_information"]["rut"])
        self.assertIsNone(made["statements"][0]["emission"])

    def test_commune(self):
        service, buyer = self.make_subscription(), self.make_buyer()
        part = {
            "subscription_id": service["id"],
            "buyer_id": buyer["id"],
            "invoice_information": {**BUSINESS, "commune": "las condes"},
        }
        error = self.refused("POST", "/subscription_buyers", {"subscription_buyer": part})
        self.assertEqual(error["message"], NOT_A_COMMUNE)
        self.assertEqual(error["param"], f"{INFORMATION}.commune")

    def test_wrong_rut_waits_until_it_is_corrected(self):
        made = self.enrolled({**BUSINESS, "rut": "76.123.456-7"})
        self.pay(made["statements"][0])
        self.run_requests()
        emission = self.current(made)["statements"][0]["emission"]
        self.assertEqual((emission["state"], emission["reason"]["code"]), ("parked", "rut_invalid"))
        part = {"invoice_information": {"rut": BUSINESS["rut"]}}
        path = f"/subscription_buyers/{made['id']}"
        changed = self.changed(path, {"subscription_buyer": part})
        self.assertEqual(changed["invoice_information"], {"document": "invoice", **BUSINESS})
        self.run_requests()
        self.assertEqual(self.current(made)["statements"][0]["emission"]["state"], "signed")

    def test_own_days(self):
        made = self.enrolled(dop=28)
        self.assertEqual((made["dop"], made["statements"][0]["due_date"][-2:]), (28, "28"))
        service, buyer = self.make_subscription(), self.make_buyer()
        for wrong in ({"dop": 29}, {"mop": 2}):
            part = {"subscription_id": service["id"], "buyer_id": buyer["id"], **wrong}
            part["invoice_information"] = BUSINESS
            error = self.refused("POST", "/subscription_buyers", {"subscription_buyer": part})
            self.assertIn(next(iter(wrong)), error["param"])

    def test_begun_before_is_in_debt(self):
        start = fields.Date.subtract(clock.today(), months=3)
        made = self.enrolled(start_date=start.isoformat())
        self.assertGreaterEqual(len(made["statements"]), 4)
        self.assertEqual(made["status"], "indebt")
        self.assertEqual(made["statements"][0]["status"], "expired")

    def test_cancelled(self):
        made = self.enrolled()
        changed = self.changed(f"/subscription_buyers/{made['id']}", {"subscription_buyer": made})
        self.assertEqual({**changed, "updated_at": made["updated_at"]}, made)
        body = {"subscription_buyer": {"status": "canceled"}}
        changed = self.changed(f"/subscription_buyers/{made['id']}", body)
        self.assertEqual((changed["status"], changed["statements"]), ("canceled", []))
        body = {"subscription_buyer": {"status": "paid"}}
        error = self.refused("PATCH", f"/subscription_buyers/{made['id']}", body)
        self.assertEqual(error["param"], "subscription_buyer.status")

    def test_enrolled_at_the_end_of_a_month_pays_that_day(self):
        """Unless another day is sent: then that one."""
        day = fields.Date.end_of(fields.Date.subtract(clock.today(), months=4), "month")
        while day.day < 31:
            day = fields.Date.end_of(fields.Date.subtract(day, months=1), "month")
        for recurrence in ("month", "quarter", "year"):
            body = {"subscription": {**SAMPLE["subscription"], "recurrence": recurrence}}
            del body["subscription"]["dop"]
            service = self.made("/subscriptions", {**SAMPLE, **body})
            for start in (day.replace(day=29), day.replace(day=30), day):
                values = {"start_date": start.isoformat(), "invoice_information": BUSINESS}
                made = self.enrol_in(service, **values)
                self.assertEqual(made["statements"][0]["due_date"], start.isoformat())
                self.assertEqual(made["dop"], 28)
                enrolled = self.enrol_in(service, dop=28, **values)
                first = [each["due_date"] for each in enrolled["statements"]][:1]
                self.assertNotEqual(first, [start.isoformat()])

    def test_end_before_the_start(self):
        service, buyer = self.make_subscription(), self.make_buyer()
        yesterday = fields.Date.subtract(clock.today(), days=1).isoformat()
        part = {"subscription_id": service["id"], "buyer_id": buyer["id"]}
        part |= {"end_date": yesterday, "invoice_information": BUSINESS}
        error = self.refused("POST", "/subscription_buyers", {"subscription_buyer": part})
        self.assertEqual(error["param"], "subscription_buyer.end_date")
        made = self.enrol_in(service, buyer, invoice_information=BUSINESS)
        body = {"subscription_buyer": {"end_date": yesterday}}
        self.refused("PATCH", f"/subscription_buyers/{made['id']}", body)

    def test_unknown(self):
        nobody = "00000000-0000-0000-0000-000000000000"
        service, buyer = self.make_subscription(), self.make_buyer()
        for name in ("subscription_id", "buyer_id"):
            part = {"subscription_id": service["id"], "buyer_id": buyer["id"], name: nobody}
            body = {"subscription_buyer": part}
            error = self.refused("POST", "/subscription_buyers", body, 404)
            self.assertEqual(error["param"], f"subscription_buyer.{name}")

    def test_another_company_s_is_not_found(self):
        made = self.enrolled()
        other = self.env["res.company"].sudo().create({"name": "Otra SpA"})
        _client, auth = self.make_client(other)
        path = f"/subscription_buyers/{made['id']}"
        self.refused("GET", path, None, 404, auth=auth)
        self.refused("PATCH", path, {"subscription_buyer": {"dop": 6}}, 404, auth=auth)
