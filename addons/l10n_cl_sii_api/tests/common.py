"""A program that calls the API of a Chilean company over real HTTP."""

from contextlib import nullcontext

from odoo.addons.l10n_cl_sii.sii import clock
from odoo.addons.l10n_cl_sii.tests.emission.emission_case import EmissionCase
from odoo.tests import HttpCase, tagged

ROOT = "/api/v1/integration"
PRODUCT = {"name": "Curso", "value": 5000, "currency": "CLP"}


@tagged("post_install_l10n", "post_install", "-at_install")
class ApiCase(EmissionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client, cls.auth = cls.make_client(cls.company)

    def enter_registry_test_mode(self):
        """The harness of HTTP is in it already."""
        return nullcontext()

    @classmethod
    def make_client(cls, company):
        client = (
            cls.env["l10n_cl.api.client"]
            .sudo()
            .create({"name": f"Shop of {company.name}", "company_id": company.id})
        )
        return client, (client.api_key, client._issue_secret())

    def call(self, method, path, body=None, auth=None, **options):
        """(status, JSON) of a call."""
        self.env.flush_all()
        answer = self.opener.request(
            method, self.base_url() + ROOT + path, json=body, auth=auth or self.auth, **options
        )
        self.env.invalidate_all()
        return answer.status_code, answer.json()

    def made(self, path, body, **options):
        """The resource that a POST makes."""
        status, answer = self.call("POST", path, body, **options)
        self.assertEqual(status, 201, answer)
        return answer["data"]

    def refused(self, method, path, body, status=400, **options):
        """The error of a call that is refused."""
        got, answer = self.call(method, path, body, **options)
        self.assertEqual(got, status, answer)
        return answer["error"]

    def make_buyer(self, **values):
        return self.made("/buyers", {"buyer": {"name": "Ana Díaz", **values}})

    def make_service(self, products=None, configuration=None, **values):
        """A single payment that emits."""
        service = {"name": "Curso", "emit_document": True, **values}
        body = {"single_payment": service, "products": products or [PRODUCT]}
        if configuration is not None:
            body["invoice_configuration"] = configuration
        return self.made("/single_payments", body)

    def enrol(self, service, buyer=None, **values):
        buyer = buyer or self.make_buyer()
        sold = {"single_payment_id": service["id"], "buyer_id": buyer["id"], **values}
        return self.made("/single_payment_buyers", {"single_payment_buyer": sold})

    def make_plan(self, amounts, currency="CLP", **values):
        due = str(clock.today())
        plan = {
            "buyer_id": self.make_buyer()["id"],
            "name": "Muebles",
            "emit_document": True,
            "installments": [
                {"amount": amount, "currency": currency, "due_date": due} for amount in amounts
            ],
            **values,
        }
        return self.made("/payment_plans", {"payment_plan": plan})
