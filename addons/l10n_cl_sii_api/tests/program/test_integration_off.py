"""A company without active integration: refused before anything else, and no field in answers."""

from ..common import PRODUCT, ApiCase
from ..payment.test_single_payments import INFORMATION

MESSAGE = (
    "Invoicing is not enabled for this company. Set up the TuFacturador integration before "
    "sending invoice_configuration or invoice_information."
)
HIDDEN = {"emit_document", "invoice_configuration", "invoice_information"}


class TestIntegrationOff(ApiCase):
    def setUp(self):
        super().setUp()
        self.issuer.certificate_id = False

    def test_refused_before_any_other_check(self):
        nowhere = "00000000-0000-0000-0000-000000000000"
        service = {"name": "Curso", "emit_document": False}
        sold = {"single_payment_id": nowhere, "buyer_id": 5, "invoice_information": {"commune": 1}}
        plan = {"invoice_information": INFORMATION}
        for method, path, body in [
            ("POST", "/single_payments", {"single_payment": service, "invoice_configuration": {}}),
            ("POST", "/single_payments", {"invoice_configuration": {"document": "factura"}}),
            ("POST", "/single_payments", {"invoice_configuration": "x", "single_payment": 3}),
            ("PATCH", f"/single_payments/{nowhere}", {"invoice_configuration": {"emit_at": 1}}),
            ("PUT", f"/single_payments/{nowhere}", {"invoice_configuration": {}}),
            ("POST", "/single_payment_buyers", {"single_payment_buyer": sold}),
            ("PATCH", f"/single_payment_buyers/{nowhere}", {"single_payment_buyer": sold}),
            ("POST", "/payment_plans", {"payment_plan": plan}),
            ("POST", "/payment_plans", {"payment_plan": {}, "invoice_configuration": {}}),
            ("PATCH", f"/payment_plans/{nowhere}", {"payment_plan": plan}),
        ]:
            with self.subTest(method=method, path=path, body=body):
                error = self.refused(method, path, body)
                self.assertEqual(error["message"], MESSAGE)
                self.assertEqual(error["code"], "invoicing_not_enabled")

    def test_fields_are_omitted(self):
        service = self.make_service(emit_document=True)
        self.assertFalse(HIDDEN & service.keys())
        sold = self.enrol(service)
        self.assertFalse(HIDDEN & sold.keys())
        plan = self.make_plan([1000])
        self.assertFalse(HIDDEN & plan.keys())
        for kind, made in [
            ("single_payments", service),
            ("single_payment_buyers", sold),
            ("payment_plans", plan),
        ]:
            for path in (f"/{kind}", f"/{kind}/{made['id']}"):
                data = self.call("GET", path)[1]["data"]
                for each in data if isinstance(data, list) else [data]:
                    self.assertFalse(HIDDEN & each.keys())

    def test_sold_without_documents(self):
        service = self.make_service(emit_document=False)
        (statement,) = self.enrol(service)["statements"]
        self.assertNotIn("emission", statement)
        body = {"payment": {"amount": 5000}}
        payment = self.made(f"/statements/{statement['id']}/payments", body)
        self.assertEqual(payment["statements"][0]["status"], "paid")

    def test_what_is_sold_meanwhile(self):
        """It is owed its document still, and shows what it waits for."""
        service = self.make_service(emit_document=True)
        (statement,) = self.enrol(service)["statements"]
        self.assertEqual(statement["emission"]["reason"]["code"], "issuer_not_ready")

    def test_null_is_nothing(self):
        service = {"single_payment": {"name": "Curso"}, "products": [PRODUCT]}
        self.made("/single_payments", {**service, "invoice_configuration": None})
