"""What is sent as paid: one payment, one document, and what became of it."""

from odoo.addons.l10n_cl_sii.sii import clock

from ..common import ApiCase
from .test_single_payments import INFORMATION


class TestPayments(ApiCase):
    def statement(self, information=None, **values):
        given = information or INFORMATION
        sold = self.enrol(self.make_service(**values), invoice_information=given)
        return sold["statements"][0]

    def pay(self, statement, amount=5000, **values):
        payment = {"payment": {"amount": amount, "payment_method": "Webpay", **values}}
        return self.call("POST", f"/statements/{statement['id']}/payments", payment)

    def current(self, statement):
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
        emission = self.current(statement)["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("accepted", 33), emission)
        for name, kind in [("pdf_url", "application/pdf"), ("xml_url", "text/xml")]:
            file = self.url_open(emission[name])
            self.assertEqual((file.status_code, file.headers["Content-Type"]), (200, kind))
        self.assertEqual(self.current(statement)["documents"][0]["folio"], emission["folio"])
        # sent again when its document is out
        status, answer = self.pay(statement, external_id="tbk-1", payment_date="2026-11-20")
        self.assertEqual((status, answer["data"]["id"]), (200, payment["id"]))
        status, answer = self.pay(statement)
        self.assertEqual((status, answer["error"]["code"]), (400, "already_paid"))

    def test_a_credit_note_shows_its_kind(self):
        statement = self.statement()
        self.pay(statement)
        self.run_requests()
        self.run_crons()
        statements = self.env["l10n_cl.statement"].sudo()
        move = statements.search([("uuid", "=", statement["id"])]).move_id
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id, "l10n_cl_note_reason": "error"})
        )
        self.env["account.move"].browse(wizard.reverse_moves()["res_id"]).action_post()
        factura, note = self.current(statement)["documents"]
        self.assertNotIn("kind", factura)
        self.assertEqual(
            (note["document_type"], note["kind"], note["returned_on"], note["lowers_vat"]),
            (61, "error", None, True),
        )

    def test_list(self):
        payments = [self.pay(self.statement(), "5000", external_id=number) for number in (71, 72)]
        self.assertEqual(
            [answer["data"]["external_id"] for _status, answer in payments], ["71", "72"]
        )
        status, answer = self.call("GET", "/payments")
        self.assertEqual((status, answer["meta"]), (200, {"pages": 1, "current": 1}))
        self.assertEqual(answer["data"], [paid["data"] for _status, paid in reversed(payments)])

    def test_a_payment_sent_twice_is_one(self):
        statement = self.statement()
        first = self.pay(statement, external_id="tbk-1")
        again = self.pay(statement, external_id="tbk-1")
        self.assertEqual((first[0], again[0]), (201, 200))
        self.assertEqual(first[1], again[1])
        read = self.call("GET", f"/payments/{first[1]['data']['id']}")[1]
        self.assertEqual(read, first[1])
        status, answer = self.pay(statement, external_id="tbk-2")
        self.assertEqual((status, answer["error"]["code"]), (400, "already_paid"))
        status, answer = self.pay(statement, 1, external_id="tbk-1")
        self.assertEqual((status, answer["error"]["code"]), (400, "wrong_amount"))
        status, answer = self.pay(self.statement(), external_id="tbk-1")
        self.assertEqual((status, answer["error"]["code"]), (409, "payment_differs"))

    def test_one_payment_of_several_buyers_data(self):
        service, buyer = self.make_service(), self.make_buyer()
        sold = [
            self.enrol(service, buyer, invoice_information=information)
            for information in (INFORMATION, {"email": "ana@example.com"})
        ]
        uuids = [each["statements"][0]["id"] for each in sold]
        values = {"statement_ids": uuids, "external_id": "tbk-3", "amount": 9999}
        self.refused("POST", "/payments", {"payment": values})
        payment = self.made("/payments", {"payment": {**values, "amount": 10000}})
        self.assertEqual(self.call("GET", "/payments")[1]["data"], [payment])
        self.assertEqual((payment["amount"], len(payment["statements"])), (10000, 2))
        status, answer = self.call("POST", "/payments", {"payment": {**values, "amount": 10000}})
        self.assertEqual((status, answer["data"]), (200, payment))
        values["statements"] = values.pop("statement_ids")
        status, answer = self.call("POST", "/payments", {"payment": {**values, "amount": 10000}})
        self.assertEqual((status, answer["data"]), (200, payment))
        self.run_requests()
        types = [self.current({"id": uuid})["emission"]["document_type"] for uuid in uuids]
        self.assertEqual(types, [33, 39])

    def test_what_is_no_payment(self):
        statement = self.statement()
        path = f"/statements/{statement['id']}/payments"
        for values in [
            {},
            {"amount": 4999},
            {"amount": 5000.5},
            {"amount": "todo"},
            {"amount": -5000},
            {"amount": 5000, "currency": "UF"},
            {"amount": 5000, "payment_date": "ayer"},
            {"amount": 5000, "payment_date": "2999-01-01"},
            {"amount": 5000, "payment_method": 5},
        ]:
            error = self.refused("POST", path, {"payment": values})
            self.assertTrue(error["param"].startswith("payment."), error)
        for values in [{"amount": 1}, {"amount": 1, "statement_ids": []}]:
            self.refused("POST", "/payments", {"payment": values})
        self.assertEqual(self.current(statement)["status"], "pending")

    def test_day_in_chile(self):
        for sent, day in [
            ("2026-07-29 02:00:00 UTC", "2026-07-28"),
            ("2026-07-29T12:00:00Z", "2026-07-29"),
            ("2026-07-29T23:30:00-04:00", "2026-07-29"),
            ("2026-07-29", "2026-07-29"),
        ]:
            _status, answer = self.pay(self.statement(), payment_date=sent)
            self.assertEqual(answer["data"]["payment_date"], day)

    def test_receipt_wins_over_the_buyers_data(self):
        sold = self.enrol(
            self.make_service(configuration={"document": "receipt"}),
            invoice_information=INFORMATION,
        )
        self.assertEqual(sold["invoice_information"]["document"], "invoice")
        (statement,) = sold["statements"]
        self.pay(statement)
        self.run_requests()
        self.assertEqual(self.current(statement)["emission"]["document_type"], 39)

    def test_parked_and_corrected(self):
        sold = self.enrol(
            self.make_service(configuration={"document": "invoice"}),
            invoice_information={"email": "ana@example.com"},
        )
        (statement,) = sold["statements"]
        self.pay(statement)
        self.run_requests()
        emission = self.current(statement)["emission"]
        self.assertEqual(
            (emission["state"], emission["reason"]["code"], emission["reason"]["field"]),
            ("parked", "buyer_incomplete", "rut"),
        )
        parked = self.env["l10n_cl.statement"].search([("uuid", "=", statement["id"])]).request_id
        self.assertEqual(parked.activity_ids.user_id, self.client.responsible_id)
        body = {"single_payment_buyer": {"invoice_information": INFORMATION}}
        self.call("PATCH", f"/single_payment_buyers/{sold['id']}", body)
        self.run_requests()
        self.assertEqual(self.current(statement)["emission"]["state"], "signed")

    def test_boleta(self):
        statement = self.statement({"email": "ana@example.com", "commune": "Maipú"})
        self.pay(statement)
        self.run_requests()
        emission = self.current(statement)["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("signed", 39), emission)

    def test_plan(self):
        plan = self.make_plan([10003, 10000], invoice_information=INFORMATION)
        uuids = [each["id"] for each in plan["installments"]]
        payment = {"payment": {"statement_ids": uuids, "amount": 20003}}
        self.made("/payments", payment)
        self.run_requests()
        self.run_crons()
        plan_now = self.call("GET", f"/payment_plans/{plan['id']}")[1]["data"]
        self.assertEqual((plan_now["status"], plan_now["payment_url"]), ("finished", None))
        for each in plan_now["installments"]:
            self.assertEqual(each["emission"]["state"], "accepted", each)

    def test_uf(self):
        plan = self.make_plan([3.2, 1.5], "UF", invoice_information=INFORMATION)
        self.assertEqual([each["amount"] for each in plan["installments"]], [3.2, 1.5])
        first, second = plan["installments"]
        self.assertEqual(self.pay(first, 3.2)[0], 400)
        self.env["res.currency.rate"].create(
            {
                "name": clock.today(),
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
            emission = self.current(statement)["emission"]
            self.assertEqual((emission["state"], emission["reason"]), ("accepted", None))
