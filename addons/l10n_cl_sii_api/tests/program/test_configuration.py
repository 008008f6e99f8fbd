"""invoice_configuration: what a service emits and when; its messages are those of the guide."""

from ..common import PRODUCT, ApiCase

SAMPLE = {
    "document": "selectable",
    "emit_at": "payment",
    "ask_rut": True,
    "ask_address": True,
}


class TestConfiguration(ApiCase):
    def test_sample_of_the_guide(self):
        service = self.make_service(configuration=SAMPLE)
        self.assertIs(service["emit_document"], True)
        self.assertEqual(service["invoice_configuration"], {**SAMPLE, "vat_exempt": False})

    def test_defaults(self):
        service = self.make_service(configuration={})
        self.assertEqual(
            service["invoice_configuration"],
            {
                "document": "selectable",
                "emit_at": "payment",
                "vat_exempt": False,
                "ask_rut": False,
                "ask_address": False,
            },
        )

    def test_without_its_own(self):
        service = self.make_service()
        self.assertIsNone(service["invoice_configuration"])

    def test_every_choice(self):
        for document in ("invoice", "receipt", "selectable"):
            for emit_at in ("payment", "due_date"):
                chosen = {"document": document, "emit_at": emit_at, "vat_exempt": True}
                answer = self.make_service(configuration=chosen)["invoice_configuration"]
                self.assertEqual({name: answer[name] for name in chosen}, chosen)

    def test_update_of_a_part(self):
        service = self.make_service(configuration=SAMPLE)
        for method, part in [("PATCH", {"vat_exempt": True}), ("PUT", {"document": "receipt"})]:
            path, body = f"/single_payments/{service['id']}", {"invoice_configuration": part}
            status, answer = self.call(method, path, body)
            self.assertEqual(status, 200, answer)
        configuration = answer["data"]["invoice_configuration"]
        self.assertEqual(configuration, {**SAMPLE, "vat_exempt": True, "document": "receipt"})

    def test_kind_of_sale(self):
        """What the SII's register of sales gets; an answer shows it where it was chosen."""
        service = self.make_service(configuration=SAMPLE)
        path = f"/single_payments/{service['id']}"
        for kind in ("real_estate", "fixed_asset", "business"):
            body = {"invoice_configuration": {"sale_kind": kind}}
            _status, answer = self.call("PATCH", path, body)
            self.assertEqual(answer["data"]["invoice_configuration"]["sale_kind"], kind)
        body = {"invoice_configuration": {"sale_kind": "proposed"}}
        _status, answer = self.call("PATCH", path, body)
        self.assertNotIn("sale_kind", answer["data"]["invoice_configuration"])

    def test_given_up(self):
        service = self.make_service(configuration=SAMPLE)
        body = {"invoice_configuration": None}
        _status, answer = self.call("PATCH", f"/single_payments/{service['id']}", body)
        self.assertIsNone(answer["data"]["invoice_configuration"])

    def test_the_companys_policy_stays(self):
        service = self.make_service(configuration={"document": "receipt"})
        self.call(
            "PATCH",
            f"/single_payments/{service['id']}",
            {"invoice_configuration": {"vat_exempt": True}},
        )
        self.assertEqual((self.policy.document, self.policy.vat_exempt), ("selectable", False))

    def test_a_policy_that_others_share_stays(self):
        service = self.make_service()
        template = self.env["sale.order.template"].search([("l10n_cl_uuid", "=", service["id"])])
        template.l10n_cl_emission_policy_id = self.policy
        body = {"invoice_configuration": {"document": "receipt"}}
        _status, answer = self.call("PATCH", f"/single_payments/{service['id']}", body)
        self.assertEqual(answer["data"]["invoice_configuration"]["document"], "receipt")
        self.assertEqual(self.policy.document, "selectable")

    def test_invalid_choices(self):
        for name, value, message in [
            ("document", "factura", "document must be one of: invoice, receipt, selectable"),
            ("document", 33, "document must be one of: invoice, receipt, selectable"),
            ("document", ["invoice"], "document must be one of: invoice, receipt, selectable"),
            (
                "sale_kind",
                "2",
                "sale_kind must be one of: proposed, business, fixed_asset, real_estate",
            ),
            ("emit_at", "paid", "emit_at must be one of: payment, due_date"),
            ("emit_at", None, "emit_at must be one of: payment, due_date"),
        ]:
            body = {
                "single_payment": {"name": "Curso"},
                "products": [PRODUCT],
                "invoice_configuration": {name: value},
            }
            error = self.refused("POST", "/single_payments", body)
            self.assertEqual(error["message"], message)
            self.assertEqual(error["type"], "invalid_request_error")
            self.assertEqual(error["param"], f"invoice_configuration.{name}")

    def test_wrong_types(self):
        service = self.make_service()
        path = f"/single_payments/{service['id']}"
        for name in ("vat_exempt", "ask_rut", "ask_address"):
            for value in ("true", 1, None):
                body = {"invoice_configuration": {name: value}}
                error = self.refused("PATCH", path, body)
                self.assertEqual(error["param"], f"invoice_configuration.{name}")
        body = {"single_payment": {"emit_document": "true"}}
        self.assertEqual(self.refused("PATCH", path, body)["param"], "single_payment.emit_document")

    def test_nothing_is_silent_without_any_configuration(self):
        self.company.l10n_cl_emission_policy_id = False
        body = {"single_payment": {"name": "Curso", "emit_document": True}, "products": [PRODUCT]}
        status, answer = self.call("POST", "/single_payments", body)
        self.assertEqual((status, answer["warnings"][0]["code"]), (201, "policy_missing"))
        sold = self.enrol(answer["data"], invoice_information={})
        emission = sold["statements"][0]["emission"]
        self.assertEqual(
            (emission["state"], emission["reason"]["code"]), ("parked", "policy_missing")
        )
        body = {"invoice_configuration": {"document": "receipt"}}
        self.call("PATCH", f"/single_payments/{answer['data']['id']}", body)
        statement = self.call("GET", f"/statements/{sold['statements'][0]['id']}")[1]["data"]
        self.assertEqual(
            (statement["emission"]["state"], statement["emission"]["reason"]), ("waiting", None)
        )

    def test_switched_on_and_off(self):
        service = self.make_service(emit_document=False)
        sold = self.enrol(service)
        self.assertIsNone(sold["statements"][0]["emission"])
        path = f"/statements/{sold['statements'][0]['id']}"
        for is_on, state in [(True, "waiting"), (False, "canceled"), (True, "waiting")]:
            body = {"single_payment": {"emit_document": is_on}}
            self.call("PATCH", f"/single_payments/{service['id']}", body)
            emission = self.call("GET", path)[1]["data"]["emission"]
            self.assertEqual(emission["state"], state)
