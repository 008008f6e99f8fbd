"""What is told as paid: one payment, one document, and what became of it."""

from odoo import fields

from .common import ApiCase
from .test_single_payments import INFORMATION


class TestPayments(ApiCase):
    def statement(self, information=INFORMATION, **values):
        sold = self.enrol(self.make_service(**values), invoice_information=information)
        return sold["statements"][0]

    def pay(self, statement, amount=5000, **values):
        payment = {"payment": {"amount": amount, "payment_method": "Webpay", **values}}
        return self.call("POST", f"/statements/{statement['id']}/payments", payment)

    def read(self, statement):
        return self.call("GET", f"/statements/{statement['id']}")[1]["data"]

    def test_factura(self):
        statement = self.statement()
        status, answer = self.pay(statement, external_id="tbk-1", payment_date="2026-11-20")
        self.assertEqual(status, 201, answer)
        payment = answer["data"]
        self.assertEqual(
            (payment["amount"], payment["payment_date"], payment["status"]),
            (5000, "2026-11-20", "accepted"),
        )
        self.assertEqual(payment["statements"][0]["status"], "paid")
        self.run_requests()
        self.run_crons()
        emission = self.read(statement)["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("accepted", 33), emission)
        for name, kind in [("pdf_url", "application/pdf"), ("xml_url", "text/xml")]:
            file = self.url_open(emission[name])
            self.assertEqual((file.status_code, file.headers["Content-Type"]), (200, kind))
        self.assertEqual(self.read(statement)["documents"][0]["folio"], emission["folio"])

    def test_boleta(self):
        statement = self.statement({"email": "ana@example.com", "commune": "Maipú"})
        self.pay(statement)
        self.run_requests()
        emission = self.read(statement)["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("signed", 39), emission)

    def test_plan(self):
        plan = self.make_plan([10003, 10000], invoice_information=INFORMATION)
        uuids = [each["id"] for each in plan["installments"]]
        payment = {"payment": {"statement_ids": uuids, "amount": 20003}}
        self.made("/payments", payment)
        self.run_requests()
        self.run_crons()
        told = self.call("GET", f"/payment_plans/{plan['id']}")[1]["data"]
        self.assertEqual(told["status"], "finished")
        for each in told["installments"]:
            self.assertEqual(each["emission"]["state"], "accepted", each)

    def test_uf(self):
        plan = self.make_plan([3.2, 1.5], "UF", invoice_information=INFORMATION)
        self.assertEqual([each["amount"] for each in plan["installments"]], [3.2, 1.5])
        first, second = plan["installments"]
        self.assertEqual(self.pay(first, 3.2)[0], 400)
        self.env["res.currency.rate"].create(
            {
                "name": fields.Date.today(),
                "currency_id": self.env.ref("l10n_cl.UF").id,
                "company_id": self.company.id,
                "inverse_company_rate": 39485.65,
            }
        )
        self.assertEqual(self.pay(first, 126353)[0], 400)
        status, answer = self.pay(first, 126354)
        self.assertEqual(status, 201, answer)
        status, answer = self.pay(second, 1.5)
        self.assertEqual((status, answer["data"]["amount"]), (201, 59228), answer)
        self.run_requests()
        self.run_crons()
        for statement in (first, second):
            emission = self.read(statement)["emission"]
            self.assertEqual((emission["state"], emission["reason"]), ("accepted", None))
