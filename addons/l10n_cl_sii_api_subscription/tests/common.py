"""A program that sells by periods."""

from odoo.addons.l10n_cl_sii_api.tests.common import ApiCase

MEMBERSHIP = {"name": "Membership", "value": 5000, "currency": "CLP"}
# the examples of the guide, the RUT with its right check digit
SAMPLE = {
    "subscription": {
        "name": "Monthly Plan",
        "recurrence": "month",
        "dop": 5,
        "emit_document": True,
    },
    "products": [MEMBERSHIP],
    "invoice_configuration": {
        "document": "selectable",
        "emit_at": "payment",
        "ask_rut": True,
        "ask_address": True,
    },
}
BUSINESS = {
    "rut": "76.123.456-0",
    "business_name": "Acme SpA",
    "activity": "Servicios informáticos",
    "address": "Av. Apoquindo 1234, Oficina 802",
    "commune": "Las Condes",
    "region": "Metropolitana de Santiago",
    "email": "pagos@acme.example",
}
CONSUMER = {
    "rut": "12.345.678-5",
    "address": "Pasaje Los Aromos 45",
    "commune": "Maipú",
    "region": "Metropolitana de Santiago",
    "email": "ana@example.com",
}


class SubscriptionApiCase(ApiCase):
    def make_subscription(self, products=None, configuration=None, **values):
        body = {
            "subscription": {**SAMPLE["subscription"], **values},
            "products": products or [MEMBERSHIP],
            "invoice_configuration": configuration or SAMPLE["invoice_configuration"],
        }
        return self.made("/subscriptions", body)

    def enrol_in(self, service, buyer=None, **values):
        buyer = buyer or self.make_buyer()
        enrolled = {"subscription_id": service["id"], "buyer_id": buyer["id"], **values}
        return self.made("/subscription_buyers", {"subscription_buyer": enrolled})

    def changed(self, path, body):
        status, answer = self.call("PATCH", path, body)
        self.assertEqual(status, 200, answer)
        return answer["data"]
