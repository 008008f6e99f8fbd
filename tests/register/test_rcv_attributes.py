"""Every attribute of the invoice object: received, kept, and given back."""

from odoo.addons.l10n_cl_sii.sii.register import invoice_object as rcv_object
from odoo.addons.l10n_cl_sii.sii.register.row import FIGURES, MOMENTS

from .rcv_case import RcvCase, sample

OTHERS = {
    "confirmation_status": [None, "C", "A", "P", "G", "R"],
    "invoice_status": ["registered", "pending", "cancelled", "rejected"],
    "has_note": [True, False],
    "reference_number": [None, "10370-10371"],
    "settlement_issuer_id": [None, "60803000K"],
    "transaction_category": [None, "Del Giro", "Supermercado", "Una que nadie conoce"],
    "tobacco": [None, {"cigarettes": 5, "cigars": None, "processed_tobacco": 0}],
    "other_taxes": [None, {"other_taxes_detail": [], "total_amount": 0}],
    "document_type": [33, 914, 99999, "ZZ"],
}
TOP = {
    "currency": ["CLP", "USD"],
    "date": [None, "2026-01-01T03:00:00.000Z", "2026-07-31T04:00:00.000Z"],
    "net_amount": [None, 0, -5, 9_000_000_000],
    "number": ["0", "135", "A-1"],
    "tax_period": [None, "12/2026"],
    "total_amount": [None, 0, 12],
    "issuer": [
        None,
        {"id": "60803000K", "institution_tax_payer": {"activities": [1]}, "name": "SII"},
    ],
}
SERVICES = {
    "is_professional_society": True,
    "is_third_party": True,
    "issued_at": "2026-05-04T13:00:00.000Z",
    "issuer_withheld_amount": None,
    "receiver_withheld_amount": 1150,
    "status": "VIG",
}


class TestRcvAttributes(RcvCase):
    def assert_kept(self, invoice):
        """The record made of it gives it back word for word, and in both spellings."""
        row = rcv_object.read(invoice)
        self.upsert(invoice)
        found = self.entries.search(
            [("company_id", "=", self.company.id), ("identity", "=", row.identity)]
        )
        self.env.invalidate_all()
        self.assertEqual(found._invoice_objects(), [rcv_object.with_both_spellings(invoice)])

    def test_sample(self):
        self.assert_kept(sample())

    def test_figures_are_null_zero_or_more(self):
        for name in FIGURES:
            spelt = "vat_commisions" if name == "vat_commissions" else name
            for value in (None, 0, 1, -3, 5_000_000_000):
                with self.subTest(attribute=name, value=value):
                    self.assert_kept(sample(**{spelt: value}))

    def test_moments(self):
        for name in MOMENTS:
            for value in (None, "2026-01-31T02:59:59.000Z"):
                with self.subTest(attribute=name, value=value):
                    self.assert_kept(sample(**{name: value}))

    def test_words_lists_and_objects(self):
        for name, values in OTHERS.items():
            for value in values:
                with self.subTest(attribute=name, value=value):
                    self.assert_kept(sample(**{name: value}))

    def test_top_level(self):
        for name, values in TOP.items():
            for value in values:
                with self.subTest(attribute=name, value=value):
                    self.assert_kept(sample() | {name: value})

    def test_issued_documents_have_a_receiver(self):
        invoice = sample() | {"issue_type": "issued", "issuer": None}
        invoice["receiver"] = {"id": "60803000K", "institution_tax_payer": None, "name": "SII"}
        self.assert_kept(invoice)

    def test_other_taxes_have_rates_as_text_and_codes_as_they_come(self):
        for code, rate in ((14, "19"), (27, "31.5"), ("ZZ", None)):
            row = {"tax_amount": 400, "tax_code": code, "tax_rate": rate}
            taxes = {"other_taxes_detail": [row, row], "total_amount": 800}
            with self.subTest(code=code):
                self.assert_kept(sample(other_taxes=taxes))

    def test_fee_receipts(self):
        for name, value in (*SERVICES.items(), ("status", "ANUL"), ("status", "nuevo")):
            services = SERVICES | {name: value}
            with self.subTest(attribute=name, value=value):
                self.assert_kept(
                    sample(
                        document_type=None,
                        is_services_invoice=True,
                        services_invoice=services,
                        tobacco=None,
                    )
                )

    def test_all_document_types_of_the_text_have_a_name(self):
        types = (30, 32, 33, 34, 35, 38, 39, 40, 41, 43, 45, 46, 47, 48, 50, 52, 55, 56, 60, 61)
        for number, type_ in enumerate((*types, 103, 110, 111, 112)):
            self.upsert(sample(document_type=type_) | {"number": str(number), "id": f"inv_{type_}"})
        made = self.entries.search([("company_id", "=", self.company.id)])
        self.assertEqual(len(made), 24)
        self.assertTrue(all(entry.document_type_id.name for entry in made))
