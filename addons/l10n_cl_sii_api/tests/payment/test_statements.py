"""What is owed, listed and read; and what became of each document."""

from datetime import timedelta

from odoo.addons.l10n_cl_sii.sii import clock

from ..common import ApiCase
from .test_single_payments import INFORMATION


class TestStatements(ApiCase):
    def listed(self, **filters):
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        status, answer = self.call("GET", f"/statements?{query}")
        self.assertEqual(status, 200, answer)
        return [each["id"] for each in answer["data"]]

    def test_shape(self):
        (statement,) = self.enrol(self.make_service(), invoice_information=INFORMATION)[
            "statements"
        ]
        self.assertEqual(
            statement,
            {
                **statement,
                "amount": 5000,
                "currency": "CLP",
                "due_date": str(clock.today()),
                "status": "pending",
                "paid_on": None,
                "documents": [],
                "emission": {
                    "state": "waiting",
                    "reason": None,
                    "document_type": None,
                    "folio": None,
                    "track_id": None,
                    "pdf_url": None,
                    "xml_url": None,
                },
            },
        )
        self.assertEqual(self.call("GET", f"/statements/{statement['id']}")[1]["data"], statement)

    def test_filters(self):
        plan = self.make_plan([1000, 2000], invoice_information=INFORMATION)
        sold = self.enrol(self.make_service(), invoice_information=INFORMATION)
        of_plan = {each["id"] for each in plan["statements"]}
        of_sale = {each["id"] for each in sold["statements"]}
        self.assertEqual(set(self.listed(payment_plan_id=plan["id"])), of_plan)
        self.assertEqual(set(self.listed(single_payment_buyer_id=sold["id"])), of_sale)
        self.assertEqual(set(self.listed()), of_plan | of_sale)
        self.assertEqual(set(self.listed(buyer_id=sold["buyer_id"])), of_sale)
        self.assertEqual(set(self.listed(status="pending")), of_plan | of_sale)
        self.assertEqual(self.listed(status="paid"), [])
        body = {"payment": {"amount": 5000}}
        self.made(f"/statements/{next(iter(of_sale))}/payments", body)
        self.assertEqual(set(self.listed(status="paid")), of_sale)
        self.assertEqual(self.listed(status="paid", payment_plan_id=plan["id"]), [])

    def test_what_is_late_is_expired(self):
        plan = self.make_plan([1000], invoice_information=INFORMATION)
        (statement,) = plan["installments"]
        late = str(clock.today() - timedelta(days=1))
        part = {"installments": [{**statement, "due_date": late}]}
        self.call("PATCH", f"/payment_plans/{plan['id']}", {"payment_plan": part})
        self.assertEqual(self.listed(status="expired"), [statement["id"]])
        self.assertEqual(self.listed(status="pending"), [])
        answer = self.call("GET", f"/payment_plans/{plan['id']}")[1]["data"]
        self.assertEqual(
            (answer["status"], answer["statements"][0]["status"]), ("in_debt", "expired")
        )

    def test_wrong_filters(self):
        nowhere = "00000000-0000-0000-0000-000000000000"
        for query, status in [
            ("status=late", 400),
            (f"payment_plan_id={nowhere}", 404),
            ("single_payment_buyer_id=1%00", 404),
            (f"subscription_buyer_id={nowhere}", 404),
            (f"buyer_id={nowhere}", 404),
            ("page=0", 400),
            ("page=x", 400),
            ("page=99999999999999999999", 400),
        ]:
            self.refused("GET", f"/statements?{query}", None, status)

    def test_rejected(self):
        self.script("document", "reject:HED-3-861")
        (statement,) = self.enrol(self.make_service(), invoice_information=INFORMATION)[
            "statements"
        ]
        self.made(f"/statements/{statement['id']}/payments", {"payment": {"amount": 5000}})
        self.run_requests()
        self.run_crons()
        answer = self.call("GET", f"/statements/{statement['id']}")[1]["data"]
        emission = answer["emission"]
        self.assertEqual(
            (emission["state"], emission["reason"]["code"]), ("rejected", "RCH"), emission
        )
        self.assertNotIn("EPR", emission["reason"]["message"])
        self.assertNotIn("Envio Procesado", emission["reason"]["message"])
        self.assertTrue(emission["reason"]["message"])
        self.assertEqual(answer["documents"][0]["state"], "rejected")
