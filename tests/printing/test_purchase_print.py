"""The printed purchase invoice shows what was withheld (PROTOCOL 6.3)."""

from ..move.purchase_case import PurchaseCase
from .print_case import PrintCase


class TestPurchasePrint(PurchaseCase, PrintCase):
    def test_withheld_vat_is_taken_off(self):
        bill = self.bill()
        bill.action_post()
        printed = self.print_out(bill)
        self.assert_prints(
            printed,
            "FACTURA DE COMPRA ELECTRÓNICA",
            "PROVEEDOR Recolector Juan Soto",
            "12.345.678-5",
        )
        for row in (
            "IVA (19%) $ 1.900",
            "Subtotal $ 11.900",
            "Menos IVA retenido (19%) $ -1.900",
            "Total $ 10.000",
        ):
            self.assertTrue(printed.pages[0].shows(row), (row, printed.text))

    def test_note_over_it(self):
        bill = self.bill()
        bill.action_post()
        note = self.credit(bill)
        note.action_post()
        printed = self.print_out(note)
        self.assert_prints(printed, "NOTA DE CRÉDITO ELECTRÓNICA", "Factura de Compra Electrónica")
        self.assertTrue(printed.pages[0].shows("Menos IVA retenido (19%)"), printed.text)
