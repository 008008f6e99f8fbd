"""What one buyer pays by instalments: made, changed while it is unpaid, paid."""

from datetime import timedelta

from odoo.addons.l10n_cl_sii.sii import clock
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import ApiCase
from ..program.test_information import NOT_A_COMMUNE, REQUIRED
from .test_single_payments import INFORMATION


class TestPaymentPlans(ApiCase):
    def setUp(self):
        super().setUp()
        self.today = str(clock.today())
        self.later = str(clock.today() + timedelta(days=30))
        self.plan = self.make_plan([1000, 2000], invoice_information=INFORMATION)
        self.path = f"/payment_plans/{self.plan['id']}"

    def change(self, *installments, status=200):
        body = {"payment_plan": {"installments": list(installments)}}
        got, answer = self.call("PATCH", self.path, body)
        self.assertEqual(got, status, answer)
        return answer["data"] if status == 200 else answer["error"]

    def pay_first(self):
        uuid = self.plan["installments"][0]["id"]
        self.made(f"/statements/{uuid}/payments", {"payment": {"amount": 1000}})

    def plan_now(self):
        return self.call("GET", self.path)[1]["data"]

    def test_shape(self):
        self.assertEqual((self.plan["name"], self.plan["status"]), ("Muebles", "up_to_date"))
        self.assertEqual(self.plan["invoice_information"], {"document": "invoice", **INFORMATION})
        self.assertEqual([each["amount"] for each in self.plan["installments"]], [1000, 2000])
        self.assertIn(self.plan["installments"][0]["id"], self.plan["payment_url"])
        for name in ("client_portal_url", "payment_url"):
            self.assertEqual(self.url_open(self.plan[name]).status_code, 200)
        self.assertEqual(self.plan_now(), self.plan)

    def test_configuration_beside_it(self):
        body = {
            "payment_plan": {
                "buyer_id": self.plan["buyer_id"],
                "name": "Muebles",
                "emit_document": True,
                "installments": [{"amount": 1000, "currency": "CLP", "due_date": self.today}],
                "invoice_information": {"email": "ana@example.com"},
            },
            "invoice_configuration": {"document": "receipt", "vat_exempt": True},
        }
        plan = self.made("/payment_plans", body)
        self.assertEqual(plan["invoice_configuration"]["document"], "receipt")
        uuid = plan["installments"][0]["id"]
        self.made(f"/statements/{uuid}/payments", {"payment": {"amount": 1000}})
        self.run_requests()
        emission = self.call("GET", f"/statements/{uuid}")[1]["data"]["emission"]
        self.assertEqual((emission["state"], emission["document_type"]), ("signed", 41), emission)

    def test_only_the_program_that_made_it_changes_what_is_owed(self):
        """Nor does somebody who writes invoices; a line names who did."""
        first = self.env["l10n_cl.statement"].search([("uuid", "=", self.first_id())])
        _other, auth = self.make_client(self.company)
        less = {"payment_plan": {"installments": [{"amount": 1, "due_date": self.today}]}}
        self.assertEqual(
            self.refused("PATCH", self.path, less, 403, auth=auth)["code"], "not_permitted"
        )
        billing = new_test_user(
            self.env(su=True), "billing_plan", "account.group_account_invoice,base.group_user"
        )
        billing.write({"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]})
        for act in (lambda mine: mine.write({"amount": 1}), lambda mine: mine.unlink()):
            with self.assertRaises(AccessError):
                act(first.with_user(billing))
        self.assertEqual(first.amount, 1000)
        self.change(
            {"amount": 900, "due_date": self.today}, {"amount": 2000, "due_date": self.today}
        )
        self.assertEqual(first.amount, 900)
        note = first.sudo().message_ids.filtered(lambda each: "900" in each.body)
        self.assertEqual(note.author_id, self.client.user_id.partner_id)
        self.assertIn("1.000", note.body.replace(",", "."))

    def first_id(self):
        return self.plan["installments"][0]["id"]

    def test_information(self):
        part = {
            "buyer_id": self.plan["buyer_id"],
            "name": "Muebles",
            "emit_document": True,
            "installments": [{"amount": 1000, "due_date": self.today}],
        }
        for unfinished in (part, {"buyer_id": part["buyer_id"], "emit_document": True}):
            error = self.refused("POST", "/payment_plans", {"payment_plan": unfinished})
            self.assertEqual(error["message"], REQUIRED)
        part["invoice_information"] = {"commune": "santiago"}
        error = self.refused("POST", "/payment_plans", {"payment_plan": part})
        self.assertEqual(error["message"], NOT_A_COMMUNE)

    def test_unpaid_ones_change(self):
        first, second = self.plan["installments"]
        plan = self.change(
            {"id": second["id"], "amount": 2500, "due_date": self.later},
            {"id": first["id"], "amount": 1000, "due_date": self.today},
            {"amount": 700, "due_date": self.later},
        )
        amounts = {each["id"]: each["amount"] for each in plan["installments"]}
        self.assertEqual(amounts.pop(first["id"]), 1000)
        self.assertEqual(amounts.pop(second["id"]), 2500)
        self.assertEqual(list(amounts.values()), [700])

    def test_by_their_place(self):
        first, second = self.plan["installments"]
        plan = self.change(
            {"amount": 1000, "due_date": self.today}, {"amount": 2500, "due_date": self.later}
        )
        self.assertEqual(
            [(each["id"], each["amount"]) for each in plan["installments"]],
            [(first["id"], 1000), (second["id"], 2500)],
        )

    def test_what_is_left_out_is_owed_no_more(self):
        plan = self.change({"amount": 1000, "due_date": self.today})
        self.assertEqual(len(plan["installments"]), 1)
        self.pay_first()
        self.assertEqual(self.plan_now()["status"], "finished")

    def test_paid_ones_stay(self):
        self.pay_first()
        first, second = self.plan["installments"]
        same = {"amount": 2500, "due_date": self.later}
        for changed in [
            [{"amount": 1001, "due_date": self.today}, same],
            [{"amount": 1000, "due_date": self.later}, same],
            [{"id": second["id"], **same}],
            [{"id": first["id"], "amount": 1, "due_date": self.today}, same],
        ]:
            error = self.change(*changed, status=400)
            self.assertEqual(
                error["message"], "Installments that have already been paid cannot be edited"
            )
        self.assertEqual([each["amount"] for each in self.plan_now()["installments"]], [1000, 2000])
        plan = self.change({"amount": 1000, "due_date": self.today}, same)
        self.assertEqual([each["amount"] for each in plan["installments"]], [1000, 2500])

    def test_other_fields(self):
        body = {"payment_plan": {"name": "Cocina", "description": "A medida", "external_id": "P-1"}}
        plan = self.call("PUT", self.path, body)[1]["data"]
        self.assertEqual(
            (plan["name"], plan["description"], plan["external_id"]), ("Cocina", "A medida", "P-1")
        )
        self.assertEqual(plan["installments"], self.plan["installments"])

    def test_amounts(self):
        buyer = {"buyer_id": self.plan["buyer_id"], "name": "Muebles"}
        for amount, currency in [
            (0, "CLP"),
            (-1, "CLP"),
            (1.5, "CLP"),
            ("mil", "CLP"),
            (True, "CLP"),
            (None, "CLP"),
            (10**13, "CLP"),
            (3.001, "UF"),
            (5, "USD"),
        ]:
            installments = [{"amount": amount, "currency": currency, "due_date": self.today}]
            body = {"payment_plan": {**buyer, "installments": installments}}
            error = self.refused("POST", "/payment_plans", body)
            self.assertTrue(error["param"].startswith("payment_plan.installments.0."), error)
        for installments in [
            [],
            [{"amount": 1, "due_date": "mañana"}],
            [{"amount": 1, "due_date": "2026-02-30"}],
            [{"amount": 1}],
        ]:
            body = {"payment_plan": {**buyer, "installments": installments}}
            self.refused("POST", "/payment_plans", body)

    def test_what_cannot_change(self):
        other = self.make_buyer()
        body = {"payment_plan": {"buyer_id": other["id"]}}
        self.assertEqual(self.refused("PATCH", self.path, body)["param"], "payment_plan.buyer_id")
        in_uf = f"/payment_plans/{self.make_plan([1], 'UF', invoice_information={})['id']}"
        pesos = {"payment_plan": {"installments": [{"amount": 1000, "due_date": self.today}]}}
        error = self.refused("PATCH", in_uf, pesos)
        self.assertEqual(error["code"], "unchangeable_parameter")
        unknown = "00000000-0000-0000-0000-000000000000"
        self.change({"id": unknown, "amount": 1, "due_date": self.today}, status=404)

    def cancel(self, path, name, status=200, **options):
        body = {name: {"status": "canceled"}}
        got, answer = self.call("PATCH", path, body, **options)
        self.assertEqual(got, status, answer)
        return answer["data"] if status == 200 else answer["error"]

    def test_canceled(self):
        """Nothing more is owed, nothing is paid, and sending it twice is no error."""
        for _again in range(2):
            plan = self.cancel(self.path, "payment_plan")
        self.assertEqual(plan["status"], "canceled")
        self.assertEqual({each["status"] for each in plan["installments"]}, {"canceled"})
        self.assertIsNone(plan["payment_url"])
        uuid = plan["installments"][0]["id"]
        error = self.refused("POST", f"/statements/{uuid}/payments", {"payment": {"amount": 1000}})
        self.assertEqual(error["code"], "canceled")
        self.assertEqual(
            self.change({"amount": 5, "due_date": self.today}, status=400)["code"], "canceled"
        )
        listed = self.call("GET", "/statements?status=canceled")[1]["data"]
        self.assertLessEqual(
            {each["id"] for each in plan["installments"]}, {e["id"] for e in listed}
        )

    def test_canceled_when_some_is_paid(self):
        """What was paid keeps its document."""
        self.pay_first()
        plan = self.cancel(self.path, "payment_plan")
        self.assertEqual(plan["status"], "canceled")
        self.assertEqual([each["status"] for each in plan["installments"]], ["paid", "canceled"])
        self.run_requests()
        first = self.plan_now()["installments"][0]
        self.assertEqual(first["emission"]["state"], "signed", first)

    def test_canceled_by_another_program(self):
        _other, auth = self.make_client(self.company)
        error = self.cancel(self.path, "payment_plan", 403, auth=auth)
        self.assertEqual((error["code"], error["param"]), ("not_permitted", "payment_plan.status"))
        self.assertEqual(self.plan_now()["status"], "up_to_date")

    def test_status_that_cannot_be(self):
        for status in ("paid", "finished", "in_debt", ""):
            body = {"payment_plan": {"status": status}}
            self.assertEqual(self.refused("PATCH", self.path, body)["param"], "payment_plan.status")
        self.change({"amount": 1000, "due_date": self.today})
        self.pay_first()
        self.assertEqual(self.cancel(self.path, "payment_plan", 400)["code"], "already_paid")

    def test_single_payment_buyer_canceled(self):
        sold = self.enrol(self.make_service(), invoice_information={"email": "a@b.cl"})
        path = f"/single_payment_buyers/{sold['id']}"
        canceled = self.cancel(path, "single_payment_buyer")
        self.assertEqual(
            (canceled["status"], canceled["statements"][0]["status"]), ("canceled",) * 2
        )
        error = self.refused("PATCH", path, {"single_payment_buyer": {"due_date": self.later}})
        self.assertEqual(error["code"], "canceled")

    def test_emission_switched_on_is_from_now_on(self):
        for emit_past in (False, True):
            plan = self.make_plan([1000, 2000, 3000], emit_document=False)
            path, uuids = f"/payment_plans/{plan['id']}", [e["id"] for e in plan["installments"]]
            for uuid, amount in zip(uuids[:2], (1000, 2000), strict=True):
                self.made(f"/statements/{uuid}/payments", {"payment": {"amount": amount}})
            body = {"payment_plan": {"emit_document": True}}
            if emit_past:
                body["payment_plan"]["emit_past"] = True
            body["payment_plan"]["invoice_information"] = INFORMATION
            status, answer = self.call("PATCH", path, body)
            self.assertEqual(status, 200, answer)
            code = "past_emitted" if emit_past else "past_not_emitted"
            self.assertEqual([(w["code"], w["count"]) for w in answer["warnings"]], [(code, 2)])
            self.made(f"/statements/{uuids[2]}/payments", {"payment": {"amount": 3000}})
            self.run_requests()
            installments = self.call("GET", path)[1]["data"]["installments"]
            states = [each["emission"]["state"] for each in installments]
            self.assertEqual(states, [("signed" if emit_past else "canceled")] * 2 + ["signed"])
        self.call("PATCH", path, {"payment_plan": {"emit_document": True, "emit_past": True}})

    def test_pesos_and_uf_in_one_plan(self):
        """Each in its own: what is invoiced is what it comes to on the day of its payment."""
        self.env["res.currency.rate"].create(
            {
                "name": clock.today(),
                "currency_id": self.env.ref("l10n_cl.UF").id,
                "company_id": self.company.id,
                "inverse_company_rate": 40000,
            }
        )
        plan = {"installments": [], "invoice_information": INFORMATION}
        for amount, currency in ((1.5, "UF"), (10000, "CLP"), (0.25, "UF")):
            due = {"amount": amount, "currency": currency, "due_date": self.today}
            plan["installments"].append(due)
        installments = self.make_plan([], **plan)["installments"]
        amounts = [(each["amount"], each["currency"]) for each in installments]
        self.assertEqual(amounts, [(1.5, "UF"), (10000, "CLP"), (0.25, "UF")])
        for each, pesos in zip(installments, (60000, 10000, 10000), strict=True):
            self.made(f"/statements/{each['id']}/payments", {"payment": {"amount": pesos}})
        self.run_requests()
        self.run_crons()
        for each, pesos in zip(installments, (60000, 10000, 10000), strict=True):
            statement = self.env["l10n_cl.statement"].search([("uuid", "=", each["id"])])
            self.assertEqual(statement.move_id.amount_total, pesos)
            self.assertEqual(statement.move_id.l10n_cl_dte_state, "accepted")

    def test_an_instalment_changes_its_currency(self):
        self.change(
            {"amount": 2.5, "currency": "UF", "due_date": self.today},
            {"amount": 2000, "due_date": self.today},
        )
        amounts = [(each["amount"], each["currency"]) for each in self.plan_now()["installments"]]
        self.assertEqual(amounts, [(2.5, "UF"), (2000, "CLP")])

    def test_a_wrong_amount_is_answered_with_what_is_owed(self):
        path = f"/statements/{self.plan['installments'][0]['id']}/payments"
        error = self.refused("POST", path, {"payment": {"amount": 1000, "currency": "UF"}})
        self.assertEqual(error["message"], "amount must be 1000 CLP")

    def test_words_of_our_own(self):
        """Whatever a schema refuses."""
        for part, words in (
            ({"name": "x" * 201}, "payment_plan.name must have at most 200 characters"),
            ({"installments": []}, "payment_plan.installments must have at least 1 elements"),
            ({"emit_document": "yes"}, "payment_plan.emit_document must be true or false"),
        ):
            error = self.refused("PATCH", self.path, {"payment_plan": part})
            self.assertEqual(error["message"], words)
