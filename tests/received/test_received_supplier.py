"""The bill of a document is the document's, whatever our books lack: contact, decimals, taxes."""

from odoo import Command
from odoo.tests import tagged

from ...sii.received import document as received
from .received_case import ReceivedCase

_RUT = "76354771-K"
_SPELT = ("76.354.771-k", "CL76354771K", "76354771k", "076.354.771-K", "cl 76.354.771-K")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedSupplier(ReceivedCase):
    def contact(self, vat, **values):
        """A contact as imports leave it: the column as it is, and nothing else known."""
        own = {"name": "Proveedor", "is_company": True, "company_id": self.buyer.id}
        contact = self.env["res.partner"].create(own)
        contact.write({"l10n_cl_sii_taxpayer_type": False, "country_id": False, **values})
        contact.flush_recordset()
        self.env.cr.execute("UPDATE res_partner SET vat = %s WHERE id = %s", (vat, contact.id))
        contact.invalidate_recordset()
        return contact

    def test_found_however_the_rut_is_written(self):
        for spelt in _SPELT:
            with self.subTest(spelt):
                contact = self.contact(spelt)
                document = self.receive()
                self.assertEqual(document.partner_id, contact)
                contact.active = False
        stranger = self.contact("76354771K", country_id=self.env.ref("base.de").id)
        self.assertNotEqual(self.receive().partner_id, stranger)

    def test_an_archived_one_is_used_and_reported(self):
        self.company.partner_id.company_id = self.company  # out of the buyer's sight
        for values in ({}, {"company_id": False}, {"l10n_cl_sii_taxpayer_type": "1"}):
            with self.subTest(values):
                contact = self.contact(_SPELT[0], active=False, **values)
                contacts = self.env["res.partner"].with_context(active_test=False)
                count = contacts.search_count([])
                document = self.receive()
                self.assertEqual(document.partner_id, contact)
                self.assertEqual(contacts.search_count([]), count)
                self.assertFalse(contact.active)
                body = "".join(document.bill_id.message_ids.mapped("body"))
                self.assertIn("is archived. The bill is of that contact", body)
                self.assertEqual(document.bill_id.amount_total, document.amount_total)
                document.bill_id.action_post()
                self.assertEqual(document.bill_id.state, "posted")
                contact.vat = False

    def test_one_in_use_comes_before_an_archived_one(self):
        self.company.partner_id.company_id = self.company
        archived = self.contact(_RUT, active=False)
        used = self.contact(_SPELT[2], company_id=False)
        document = self.receive()
        self.assertEqual(document.partner_id, used)
        body = "".join(document.bill_id.message_ids.mapped("body"))
        self.assertNotIn("archived", body)
        self.assertNotIn(f"({archived.id})", body)

    def test_its_own_company_first_and_two_are_reported(self):
        shared, own = self.contact(_SPELT[0], company_id=False), self.contact(_RUT)
        document = self.receive()
        self.assertEqual(document.partner_id, own)
        body = "".join(document.bill_id.message_ids.mapped("body"))
        self.assertIn(shared.display_name, body)
        self.assertIn("contacts with the RUT", body)

    def test_a_bill_typed_by_hand_for_a_contact_with_points(self):
        contact = self.contact(_SPELT[0], l10n_cl_sii_taxpayer_type="1")
        contact.country_id = self.env.ref("base.cl")
        move, xml = self.issued()
        typed = (
            self.env["account.move"]
            .with_company(self.buyer)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": contact.id,
                    "l10n_latam_document_type_id": self.document_type(33).id,
                    "l10n_latam_document_number": str(move.l10n_cl_dte_id.folio),
                }
            )
        )
        [document] = self.load(("factura.xml", xml))
        self.ask_sii()
        self.assertEqual(document.bill_id, typed)

    def test_type_and_folio_are_the_documents(self):
        """Whatever kind of taxpayer the contact is set to."""
        for kind in (False, "1", "2", "3", "4"):
            with self.subTest(kind):
                contact = self.contact(_RUT, l10n_cl_sii_taxpayer_type=kind)
                document = self.receive()
                bill = document.bill_id
                self.assertEqual(bill.l10n_latam_document_type_id.code, "33")
                self.assertEqual(bill.l10n_latam_document_number, f"{document.folio:06d}")
                bill.invoice_line_ids[:1].name = "Otra cosa"
                bill.invoice_line_ids[:1].tax_ids = False
                self.env.flush_all()
                self.assertEqual(bill.name, f"FAC {document.folio:06d}")
                if not kind:
                    self.assertEqual(contact.l10n_cl_sii_taxpayer_type, "1")
                    self.assertEqual(contact.country_id.code, "CL")
                    bill.action_post()
                    self.assertEqual(bill.state, "posted")
                contact.active = False

    def test_decimals_of_a_quantity(self):
        """Litres and kilos have three, the books two."""
        for quantity, price in ((120.345, 796.31), (0.333, 10_000), (7.8, 999.99)):
            with self.subTest(quantity):
                digits = self.env.ref("uom.decimal_product_uom")
                digits.digits = 3
                move, xml = self.issued(lines=[{"quantity": quantity, "price_unit": price}])
                digits.digits = 2
                [document] = self.load(("factura.xml", xml))
                self.ask_sii()
                self.assertEqual(document.bill_id.amount_total, move.amount_total)
                self.assertFalse(document.bill_difference)

    def flour(self, code=19, amount=12):
        """The seller's tax, and what the buyer's books have of the same code."""
        sold = self.env["account.tax"].create(
            {
                "name": f"Código {code}",
                "type_tax_use": "sale",
                "amount": amount,
                "l10n_cl_sii_code": code,
                "company_id": self.company.id,
            }
        )
        taxes = self.env["account.tax"].with_context(active_test=False)
        bought = taxes.search(
            [
                ("company_id", "=", self.buyer.id),
                ("type_tax_use", "=", "purchase"),
                ("l10n_cl_sii_code", "=", code),
            ]
        )
        vat = self.company.account_sale_tax_id
        return bought, [{"price_unit": 100_000, "tax_ids": [Command.set((vat + sold).ids)]}]

    def test_an_archived_tax_is_used_and_reported(self):
        bought, lines = self.flour()
        self.assertFalse(bought.active)
        document = self.receive(lines=lines)
        self.assertTrue(bought.active)
        bill = document.bill_id
        account = bought.invoice_repartition_line_ids.account_id
        self.assertEqual(bill.amount_total, 131_000)
        own = bill.line_ids.filtered(lambda line: line.tax_line_id == bought)
        self.assertEqual((own.balance, own.account_id), (12_000, account))
        self.assertIn(bought.name, "".join(document.event_ids.mapped(lambda each: each.text or "")))
        self.assertFalse(bill.l10n_cl_received_warning)

    def test_vat_is_never_taken_from_the_archive(self):
        taxes = self.env["account.tax"].search(
            [("company_id", "=", self.buyer.id), ("l10n_cl_sii_code", "=", 14)]
        )
        taxes.active = False
        self.assertFalse(self.receive().bill_id)
        self.assertFalse(any(taxes.mapped("active")))

    def test_a_code_without_any_tax_is_reported(self):
        bought, lines = self.flour()
        bought.unlink()
        others = self.env["account.tax"].with_context(active_test=False)
        others.search(
            [("company_id", "=", self.buyer.id), ("l10n_cl_sii_code", "in", (17, 18))]
        ).unlink()
        bill = self.receive(lines=lines).bill_id
        self.assertEqual(bill.amount_total, 131_000)
        self.assertIn("Impuesto 19 12,000", bill.l10n_cl_received_warning)
        bill.action_post()

    def test_vat_in_advance_that_no_line_names_is_a_credit_all_the_same(self):
        """At the slaughterhouse its base is stated apart, and no tax of ours computes it."""
        bought, lines = self.flour(19)
        move, xml = self.issued(lines=lines)
        [document] = received.read(xml, self.buyer_issuer._caf_authorities())
        self.assertTrue(document.totals.taxes)
        [record] = self.load(("factura.xml", xml))
        self.ask_sii()
        self.assertEqual(record.sudo()._account_of(17), record.sudo()._account_of(19))
        account = bought.invoice_repartition_line_ids.account_id
        self.assertEqual(record.sudo()._account_of(17), account)
