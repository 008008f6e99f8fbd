"""In Chile's evening it is tomorrow already in UTC: documents keep Chile's day."""

from datetime import date

from freezegun import freeze_time

from odoo import Command

from ..note.note_case import NoteCase

EVENING = "2026-11-29 01:30:00"  # 22:30 of the 28th in Chile
DAY = date(2026, 11, 28)


@freeze_time(EVENING)
class TestChileanDay(NoteCase):
    def setUp(self):
        super().setUp()
        self.env.user.tz = False

    def test_invoice_and_its_note(self):
        invoice = self.accepted()
        self.assertEqual((invoice.date, invoice.invoice_date, invoice.invoice_date_due), (DAY,) * 3)
        self.assertEqual(self.texts(invoice, "FmaPago"), ["2"])
        note = self.credit(invoice)
        self.assert_accepted(note)
        self.assertEqual(self.texts(note, "FchEmis"), [str(DAY)])
        self.assertEqual(self.texts(note, "FchRef"), [str(DAY)])

    def test_invoice_of_another_system(self):
        journal = self.company_data["default_journal_sale"].copy({"name": "Facturador antiguo"})
        journal.l10n_cl_issued_elsewhere = True
        invoice = self.draft(journal_id=journal.id, l10n_latam_document_number="77")
        self.assertFalse(invoice.invoice_date)
        invoice.action_post()
        self.assertFalse(invoice.l10n_cl_dte_id)
        self.assertEqual((invoice.date, invoice.invoice_date), (DAY, DAY))

    def test_typed_reference(self):
        reference = {"l10n_cl_reference_doc_type_selection": "801", "folio": "OC-7"}
        invoice = self.accepted(l10n_cl_reference_ids=[Command.create(reference)])
        self.assertEqual(self.texts(invoice, "FchRef"), [str(DAY)])

    def test_reference_to_the_customers_order(self):
        orders = self.env["sale.order"].sudo()
        order = orders.create(
            {
                "partner_id": self.customer.id,
                "client_order_ref": "OC-8",
                "date_order": EVENING,
                "order_line": [Command.create({"product_id": self.cable.id})],
            }
        )
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        self.assertEqual(invoice.l10n_cl_reference_ids.issued_on, DAY)

    def test_payment(self):
        invoice = self.accepted()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        self.assertEqual(register.create({}).payment_date, DAY)
        self.assertEqual(self.env["account.payment"].create({}).date, DAY)
