"""Purchase invoices (46): a vendor's bill that we issue, retain VAT on, and correct by notes."""

import json

from odoo import Command
from odoo.exceptions import UserError

from ...sii import clock
from ..common import COMPANY_RUT
from ..transport.transport_case import TransportCase
from .purchase_case import PurchaseCase


class TestPurchaseInvoice(PurchaseCase):
    def accepted_bill(self, **values):
        bill = self.bill(**values)
        self.assert_accepted(bill)
        return bill

    def test_goods_that_are_bought_come_to_us(self):
        product = self.env["product.product"].create({"name": "Cartón", "type": "consu"})
        self.seller.write({"street": "Camino Viejo 7"})
        with self.assertRaisesRegex(UserError, "Say whether its goods travel"):
            self.bill(lines=[{"product_id": product.id}]).action_post()
        bill = self.accepted_bill(
            lines=[{"product_id": product.id}],
            l10n_cl_goods_travel="yes",
            l10n_cl_plate="ABCD12",
            l10n_cl_carrier_id=self.seller.id,
            l10n_cl_driver_id=self.seller.id,
            l10n_cl_departs_at=TransportCase.at(),
        )
        self.assert_texts(
            bill,
            DirOrigen="Camino Viejo 7",
            DirDest="Av. Providencia 1234",
            CmnaDest="Providencia",
            RUTTrans="12345678-5",
        )

    def assert_texts(self, move, **texts):
        for path, text in texts.items():
            self.assertEqual(self.texts(move, path), [text], path)

    def test_issued_and_accepted(self):
        bill = self.accepted_bill()
        self.assertEqual(bill.amount_total, 10000)
        self.assertEqual(bill.name, f"FAC {self.cafs[46].first:06d}")
        self.assert_texts(
            bill,
            TipoDTE="46",
            RUTEmisor=COMPANY_RUT,
            RUTRecep="12345678-5",
            MntNeto="10000",
            IVA="1900",
            TipoImp="15",
            TasaImp="19",
            MontoImp="1900",
            MntTotal="10000",
            IndAgente="R",
            CodImpAdic="15",
        )

    def test_partial_retention(self):
        partial = self.retained.copy(
            {"name": "Retención trigo", "amount": -4, "l10n_cl_sii_code": 34}
        )
        taxes = self.purchase_vat + partial
        bill = self.accepted_bill(lines=[{"tax_ids": [Command.set(taxes.ids)]}])
        self.assert_texts(
            bill, TipoImp="34", MontoImp="400", IVANoRet="1500", MntTotal="11500", IVA="1900"
        )

    def retained_as(self, *codes):
        """A line for each retention that the chart brings."""
        return [
            {"tax_ids": [Command.set((self.purchase_vat + tax).ids)]}
            for tax in (self.chart_tax(f"l10n_cl_sii_retention_{code}") for code in codes)
        ]

    def test_each_retention(self):
        """All codes of PROTOCOL 5.7: part of the VAT, and all of it."""
        partial = {30: 10, 32: 8, 33: 8, 34: 4, 36: 10, 37: 10, 48: 14}
        total = dict.fromkeys((31, 38, 39, 41, 46, 47, 301, 321, 331, 341, 361, 371, 481), 19)
        bill = self.accepted_bill(lines=self.retained_as(*partial, *total))
        self.assertEqual(
            list(map(int, self.texts(bill, "ImptoReten/{*}TipoImp"))), [*partial, *total]
        )
        self.assertEqual(
            list(map(int, self.texts(bill, "ImptoReten/{*}MontoImp"))),
            [100 * percent for percent in (partial | total).values()],
        )
        self.assertEqual(self.texts(bill, "IVANoRet"), [str(int(100 * (7 * 19 - 64)))])
        self.assertEqual(int(self.texts(bill, "MntTotal")[0]), bill.amount_total)

    def test_products_exchange_retains_nothing(self):
        """Code 49: what is bought at the exchange of products, whose seller keeps his VAT."""
        bill = self.accepted_bill(lines=self.retained_as(49))
        self.assert_texts(bill, CodImpAdic="49", IndAgente="R", IVANoRet="1900", MntTotal="11900")
        self.assertFalse(self.texts(bill, "ImptoReten"))

    def test_credit_note_annuls_it(self):
        bill = self.accepted_bill()
        note = self.credit(bill)
        self.assertEqual(note.move_type, "in_refund")
        self.assert_accepted(note)
        self.assert_texts(note, TipoDTE="61", TpoDocRef="46", MntTotal="10000", MontoImp="1900")
        debit = self.debit(note)
        self.assert_accepted(debit)
        self.assert_texts(debit, TipoDTE="56", TpoDocRef="61", MntTotal="10000")

    def test_partial_return(self):
        note = self.credit(self.accepted_bill(), l10n_cl_does="3")
        note.invoice_line_ids.quantity = 4
        self.assert_accepted(note)
        self.assert_texts(note, MntTotal="4000", MontoImp="760")

    def test_debit_note_raises_it(self):
        debit = self.debit(self.accepted_bill(), copy_lines=True)
        debit.invoice_line_ids.quantity = 1
        self.assert_accepted(debit)
        self.assert_texts(debit, TipoDTE="56", TpoDocRef="46", MntTotal="1000")

    def test_note_larger_than_it(self):
        note = self.credit(self.accepted_bill(), l10n_cl_does="3")
        note.invoice_line_ids = [Command.create({"name": "Más", "price_unit": 90000})]
        self.assert_refused(note, "more than")

    def test_without_retention(self):
        bill = self.bill(lines=[{"tax_ids": [Command.set(self.purchase_vat.ids)]}])
        self.assert_refused(bill, "retention")

    def test_without_folios(self):
        self.cafs[46].active = False
        self.assert_refused(self.bill(), "There are no folios left")

    def test_seller_without_giro(self):
        self.seller.l10n_cl_activity_description = False
        self.assert_refused(self.bill(), "giro")

    def test_rejected_is_corrected(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        bill = self.bill()
        bill.action_post()
        self.run_crons()
        self.assertEqual(bill.l10n_cl_dte_state, "rejected")
        name = bill.name
        bill.button_draft()
        self.assert_accepted(bill)
        self.assertEqual(bill.name, name)

    def test_the_dashboard_and_the_watchdog_see_it(self):
        bill = self.bill()
        bill.action_post()
        card = json.loads(bill.journal_id.kanban_dashboard)["l10n_cl_sii"]
        self.assertEqual((card["to_send"], card["warnings"]), (1, []))
        # as if a module had posted it past us
        bill.l10n_cl_dte_id.sudo().move_id = False
        self.env.flush_all()
        self.assertIn("without their tax document: 1", self.issuer.alarms)

    def test_a_vendors_own_invoice_is_not_ours(self):
        bill = self.bill(
            l10n_latam_document_type_id=self.document_type(33).id, invoice_date=clock.today()
        )
        bill.l10n_latam_document_number = "77"
        bill.action_post()
        self.assertFalse(bill.l10n_cl_dte_id)
        refund = self.credit(bill, l10n_latam_document_number="78")
        self.assertFalse(refund.l10n_cl_is_dte)
        refund.action_post()
        self.assertEqual((bill.name, refund.name), ("FAC 000077", "N/C 000078"))
        self.assertFalse(refund.l10n_cl_dte_id)

    def test_emit_wizard_shows_it(self):
        bill = self.bill()
        wizard = self.env["l10n_cl.emit"].browse(bill.l10n_cl_action_emit()["res_id"])
        self.assertEqual(wizard.line_ids.mapped("state"), ["ready"])
        wizard.action_emit()
        self.assertEqual(bill.l10n_cl_dte_state, "signed")
