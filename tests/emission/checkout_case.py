"""A shop with a provider of online payments, and buyers who hold the link of what they owe."""

from odoo import Command
from odoo.tests import HttpCase

from .emission_case import EmissionCase

GOOD_RUT = "12.345.678-5"
WRONG_RUT = "12.345.678-9"
XSS = "<script>alert(1)</script>"
FACTURA = {
    "rut": "76.086.428-5",
    "business_name": "Ferretería Ñuble Ltda.",
    "activity": "Ferretería",
    "address": "Los Copihues 12",
    "commune": "nunoa",
}


class CheckoutCase(EmissionCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("es_CL")
        cls.env["ir.module.module"]._load_module_terms(["l10n_cl_sii"], ["es_CL"])
        # a provider that sends the buyer straight back to where Odoo awaits its answer
        form = cls.env["ir.ui.view"].create(
            {
                "name": "Test provider",
                "type": "qweb",
                "arch": '<form action="/payment/status" method="get"/>',
            }
        )
        cls.method = cls.env.ref("payment.payment_method_unknown")
        cls.provider = cls.env["payment.provider"].create(
            {
                "name": "Pasarela de prueba",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": cls.company.id,
                "redirect_form_view_id": form.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
            }
        )
        cls.method.active = True
        cls._create_dummy_payment_method_for_provider(cls.provider, cls.bank)
        cls.buyer = cls.env["res.partner"].create({"name": "Rosa Ñancupil", "email": "r@x.cl"})
        cls.policy.write({"ask_rut": True, "ask_address": True})

    def setUp(self):
        super().setUp()
        self.opener.headers["Accept-Language"] = "es-CL"

    def owed(self, buyer=None, **values):
        """A statement of 35.700 of a confirmed order."""
        return self.order(partner_id=(buyer or self.buyer).id, **values).l10n_cl_statement_ids

    def link(self, record):
        url = record.get_portal_url()
        self.env.flush_all()
        return url

    def call(self, url, **params):
        """A call of the page's JavaScript: its result, or the sentence of its error."""
        self.env.flush_all()
        answer = self.url_open(url, json={"jsonrpc": "2.0", "method": "call", "params": params})
        self.env.invalidate_all()
        answer = answer.json()
        return answer["result"] if "result" in answer else answer["error"]["data"]["message"]

    def give(self, record, document="invoice", token=None, **data):
        """What the buyer fills in, for a statement or an order."""
        token = token or record._portal_ensure_token()
        url = f"{record.access_url}/buyer"
        return self.call(url, access_token=token, document=document, data=data)

    def start_payment(self, record, amount=35700, **values):
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "token_id": None,
            "amount": amount,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my",
            "access_token": record._portal_ensure_token(),
            **values,
        }
        return self.call(f"{record.access_url}/transaction", **params)

    def arrive(self, statement):
        """The provider reports it as paid; Odoo's scheduled action does the rest."""
        transaction = (
            self.env["payment.transaction"]
            .sudo()
            .search([("l10n_cl_statement_ids", "in", statement.ids)], limit=1, order="id desc")
        )
        transaction._set_done()
        transaction._post_process()
