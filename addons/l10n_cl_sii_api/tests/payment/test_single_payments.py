"""What is paid once: set up, sold, paid, and its document emitted."""

from ..common import ApiCase

INFORMATION = {
    "rut": "76.123.456-0",
    "business_name": "Acme SpA",
    "activity": "Servicios informáticos",
    "address": "Av. Apoquindo 1234, Oficina 802",
    "commune": "Las Condes",
    "region": "Metropolitana de Santiago",
    "email": "pagos@acme.example",
}


class TestSinglePayments(ApiCase):
    def test_enrolled(self):
        service = self.make_service()
        self.assertEqual(service["products"], [{"name": "Curso", "value": 5000, "currency": "CLP"}])
        sold = self.enrol(service, invoice_information=INFORMATION)
        self.assertEqual(sold["invoice_information"], {"document": "invoice", **INFORMATION})
        (statement,) = sold["statements"]
        self.assertEqual((statement["amount"], statement["currency"]), (5000, "CLP"))
        self.assertEqual((sold["status"], statement["status"]), ("pending", "pending"))
        self.assertEqual(statement["emission"]["state"], "waiting")
