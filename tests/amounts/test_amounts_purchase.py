"""Purchase invoices (46): the buyer issues them and keeps the VAT back (PROTOCOL 5.6.8)."""

from decimal import Decimal

from odoo import Command

from ...sii import rules
from ...sii.document import TaxTotal
from .amounts_case import AmountsCase


class TestAmountsPurchase(AmountsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchase_vat = cls.company_data["default_tax_purchase"]

    def bill(self, retention, **line):
        seller = self._create_customer(
            name="Fundo El Roble", vat="12345678-5", l10n_cl_sii_taxpayer_type="4"
        )
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": seller.id,
                "invoice_date": "2026-11-20",
                "l10n_latam_document_type_id": self.document_type(46).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Frutos silvestres",
                            "quantity": 3,
                            "price_unit": 33333,
                            "tax_ids": (self.purchase_vat + retention).ids,
                            **line,
                        }
                    )
                ],
            }
        )

    def retention(self, code, rate):
        return self.tax(code, -rate, type_tax_use="purchase")

    def assert_legal(self, bill):
        document = bill._l10n_cl_document()
        self.assertEqual(rules.check(document), [])
        self.assertEqual(document.totals.total, bill.amount_total)
        self.assertEqual(document.receiver.rut, "12345678-5")
        self.assertTrue(all(line.withheld for line in document.lines))
        return document

    def test_all_vat_is_retained(self):
        totals = self.assert_legal(self.bill(self.retention(15, 19))).totals
        self.assertEqual((totals.net, totals.vat, totals.total), (99999, 19000, 99999))
        self.assertEqual(totals.taxes, (TaxTotal(15, 19000, Decimal(19)),))
        self.assertIsNone(totals.vat_not_withheld)

    def test_part_of_the_vat_is_retained(self):
        totals = self.assert_legal(self.bill(self.retention(30, 10))).totals
        self.assertEqual(totals.taxes, (TaxTotal(30, 10000, Decimal(10)),))
        self.assertEqual(totals.vat_not_withheld, 9000)
        self.assertEqual(totals.total, 99999 + 9000)

    def test_discounted(self):
        self.assert_legal(self.bill(self.retention(15, 19), discount=15))
