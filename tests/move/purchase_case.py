"""A company that issues purchase invoices (46) for sellers who do not issue their own."""

from odoo import Command

from ..note.note_case import NoteCase


class PurchaseCase(NoteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchase_vat = cls.chart_tax("OTAX_19")
        cls.retained = cls.chart_tax("I_RTI")
        cls.seller = cls._create_customer(name="Recolector Juan Soto", vat="12345678-5")

    @classmethod
    def chart_tax(cls, name):
        return cls.env["account.chart.template"].with_company(cls.company).ref(name)

    def setUp(self):
        super().setUp()
        self.cafs[46] = self.load_caf(46)

    def bill(self, lines=None, **values):
        """The draft of a purchase invoice; lines: dicts over ten kilos at 1000 with retention."""
        taxes = self.purchase_vat + self.retained
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.seller.id,
                "l10n_latam_document_type_id": self.document_type(46).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Cartón",
                            "quantity": 10,
                            "price_unit": 1000,
                            "tax_ids": [Command.set(taxes.ids)],
                            **line,
                        }
                    )
                    for line in (lines or [{}])
                ],
                **values,
            }
        )
