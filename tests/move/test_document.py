"""What the invoice states is what the document states: texts, amounts, references, to the peso."""

import base64

from lxml import etree

from odoo import Command

from ...sii.clock import today
from ..common import SiiCase

NS = {"s": "http://www.sii.cl/SiiDte"}


class TestDocument(SiiCase):
    def xml(self, move):
        return etree.fromstring(base64.b64decode(move.l10n_cl_dte_id.xml))

    def texts(self, move, path):
        return [element.text for element in self.xml(move).iterfind(f".//s:{path}", NS)]

    def assert_accepted_as(self, move, **totals):
        """The SII takes it without a single objection, with these totals and the ledger's."""
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted", self.sii.envelopes()[0])
        for tag, amount in totals.items():
            self.assertEqual(self.texts(move, f"Totales/s:{tag}"), [str(amount)], tag)
        total = self.texts(move, "Totales/s:MntTotal")
        self.assertEqual(total, [str(round(abs(move.amount_total_signed)))])

    def test_parties(self):
        move = self.post()
        expected = {
            "Emisor/s:RUTEmisor": "76354771-K",
            "Emisor/s:RznSoc": "Comercializadora Ñandú SpA",
            "Emisor/s:GiroEmis": "Venta de materiales eléctricos",
            "Emisor/s:Acteco": "620100",
            "Emisor/s:DirOrigen": "Av. Providencia 1234",
            "Emisor/s:CmnaOrigen": "Providencia",
            "Receptor/s:RUTRecep": "96790240-3",
            "Receptor/s:RznSocRecep": "Distribuidora Peñalolén Ltda.",
            "Receptor/s:GiroRecep": "Distribución de artículos para el hogar",
            "Receptor/s:DirRecep": "Los Leones 55",
            "Receptor/s:CmnaRecep": "Peñalolén",
        }
        for path, text in expected.items():
            self.assertEqual(self.texts(move, path), [text], path)

    def test_discount(self):
        move = self.post(lines=[{"quantity": 3, "price_unit": 333, "discount": 15}])
        self.assert_accepted_as(move, MntNeto=849, IVA=161, MntTotal=1010)
        self.assertEqual(self.texts(move, "Detalle/s:DescuentoMonto"), ["150"])

    def test_rounded_discount(self):
        move = self.post(lines=[{"price_unit": 333, "discount": 50}, {"price_unit": 77}])
        self.assert_accepted_as(move)

    def test_exempt_line_in_a_taxed_invoice(self):
        move = self.post(lines=[{}, {"price_unit": 500, "tax_ids": False}])
        self.assert_accepted_as(move, MntNeto=1000, MntExe=500, IVA=190, MntTotal=1690)
        self.assertEqual(self.texts(move, "Detalle/s:IndExe"), ["1"])

    def test_global_discount_is_a_negative_line(self):
        move = self.post(lines=[{"price_unit": 1000}, {"name": "Convenio", "price_unit": -100}])
        self.assert_accepted_as(move, MntNeto=900, IVA=171, MntTotal=1071)
        self.assertEqual(self.texts(move, "DscRcgGlobal/s:ValorDR"), ["100"])
        self.assertEqual(len(self.texts(move, "Detalle/s:NroLinDet")), 1)

    def test_fractions(self):
        move = self.post(lines=[{"quantity": 2.345, "price_unit": 1234.56}])
        self.assert_accepted_as(move)
        self.assertEqual(self.texts(move, "Detalle/s:QtyItem"), ["2.35"])

    def test_prices_with_vat_included(self):
        included = self.vat.copy({"name": "IVA incluido", "price_include_override": "tax_included"})
        lines = [
            {"price_unit": price, "quantity": 3, "tax_ids": included.ids}
            for price in (990, 1490, 77)
        ]
        self.assert_accepted_as(self.post(lines=lines), MntTotal=7671)

    def test_other_currency_is_stated_in_pesos(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids = [
            Command.clear(),
            Command.create(
                {
                    "name": today(),
                    "inverse_company_rate": 950.5,
                    "company_id": self.company.id,
                }
            ),
        ]
        move = self.post(
            currency_id=dollar.id, lines=[{"price_unit": 19.99, "quantity": 3, "discount": 10}]
        )
        self.assert_accepted_as(move)

    def test_free_line(self):
        move = self.post(lines=[{}, {"name": "Muestra", "price_unit": 0}])
        self.assert_accepted_as(move, MntTotal=1190)
        gift = self.post(lines=[{}, {"name": "Regalo", "price_unit": 700, "discount": 100}])
        self.assert_accepted_as(gift, MntTotal=1190)

    def test_long_texts_go_on_in_the_description(self):
        name = "Instalación eléctrica " * 6
        move = self.post(lines=[{"name": f"Cable\n{name}"}, {"name": name.strip()}])
        self.assertEqual(self.texts(move, "Detalle/s:NmbItem")[0], "Cable")
        self.assertEqual(
            self.texts(move, "Detalle/s:NmbItem")[1], "Instalación eléctrica " * 3 + "Instalación"
        )
        self.assertIn(name.strip(), self.texts(move, "Detalle/s:DscItem"))
        self.assert_accepted_as(move)

    def test_hostile_texts(self):
        self.customer.name = "Pérez & Hijos “Ltda.” <Ñuñoa> \x07 😀"
        move = self.post(lines=[{"name": "Tornillo 1/2\" 'A' & <B> €"}])
        self.assert_accepted_as(move)
        self.assertEqual(self.texts(move, "RznSocRecep"), ['Pérez & Hijos "Ltda." <Ñuñoa>'])

    def test_purchase_order_reference(self):
        reference = {"l10n_cl_reference_doc_type_selection": "801", "folio": "OC-7"}
        move = self.post(l10n_cl_reference_ids=[Command.create(reference)])
        self.assertEqual(self.texts(move, "Referencia/s:TpoDocRef"), ["801"])
        self.assert_accepted_as(move)

    def test_payment_terms(self):
        unpaid = self.post(invoice_date_due=False)
        self.assertEqual(self.texts(unpaid, "IdDoc/s:FmaPago"), ["2"])
        immediate = self.env.ref("account.account_payment_term_immediate")
        cash = self.post(invoice_payment_term_id=immediate.id)
        self.assertEqual(self.texts(cash, "IdDoc/s:FmaPago"), ["1"])
        term = self.env.ref("account.account_payment_term_30days")
        credit = self.post(invoice_payment_term_id=term.id)
        self.assertEqual(self.texts(credit, "IdDoc/s:FmaPago"), ["2"])
        self.assertEqual(self.texts(credit, "IdDoc/s:FchVenc"), [str(credit.invoice_date_due)])

    def test_sections_and_notes_are_no_lines(self):
        move = self.draft()
        move.invoice_line_ids = [
            Command.create({"display_type": "line_section", "name": "Materiales"}),
            Command.create({"display_type": "line_note", "name": "Entrega en bodega"}),
        ]
        move.action_post()
        self.assertEqual(len(self.texts(move, "Detalle/s:NroLinDet")), 1)
        self.assert_accepted_as(move)

    def test_the_snapshot_outlives_the_partner(self):
        move = self.post()
        before = move.l10n_cl_dte_id.xml
        self.customer.name = "Otro nombre SpA"
        self.assertEqual(move.l10n_cl_dte_id.receiver_name, "Distribuidora Peñalolén Ltda.")
        self.assertEqual(move.l10n_cl_dte_id.xml, before)
        self.assertIn("Distribuidora", str(move.l10n_cl_dte_id.payload))
