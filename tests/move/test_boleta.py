"""A boleta is confirmed, travels by the SII's service for boletas, and is accepted."""

from odoo.exceptions import UserError
from odoo.fields import Date

from ...sii import clock
from ..boleta_case import BoletaCase
from ..common import CUSTOMER_RUT


class TestBoleta(BoletaCase):
    def test_accepted(self):
        move = self.boleta()
        document = move.l10n_cl_dte_id
        self.assertEqual(document.state, "signed")
        self.assertEqual(move.name, f"BEL {document.folio:06d}")
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(document.envio_id.channel, "boleta")
        self.assertRegex(move.l10n_cl_sii_track_id, r"^\d{15}$")
        self.assertEqual([each["total"] for each in self.held(move)], [1190])
        self.assertEqual(len(self.asked("boleta_upload")), 1)
        self.assertFalse(self.asked("upload"))

    def test_contents_of_a_boleta(self):
        move = self.boleta(lines=[{"quantity": 3, "price_unit": 1000, "discount": 10}])
        expected = {
            "IdDoc/s:TipoDTE": ["39"],
            "IdDoc/s:IndServicio": ["3"],
            "IdDoc/s:FmaPago": [],
            "Receptor/s:RUTRecep": ["66666666-6"],
            "Detalle/s:PrcItem": ["1190"],
            "Detalle/s:DescuentoMonto": ["357"],
            "Detalle/s:MontoItem": ["3213"],
            "Totales/s:MntNeto": ["2700"],
            "Totales/s:TasaIVA": [],
            "Totales/s:IVA": ["513"],
            "Totales/s:MntTotal": ["3213"],
        }
        for path, texts in expected.items():
            self.assertEqual(self.texts(move, path), texts, path)

    def test_exempt(self):
        move = self.boleta(code=41)
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.texts(move, "Totales/s:MntExe"), ["1000"])
        self.assertFalse(self.texts(move, "Totales/s:IVA"))

    def test_exempt_line_beside_a_taxed_one(self):
        move = self.boleta(lines=[{}, {"price_unit": 500, "tax_ids": False}])
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.texts(move, "Detalle/s:IndExe"), ["1"])
        self.assertEqual(self.texts(move, "Totales/s:MntTotal"), ["1690"])

    def test_prices_with_vat(self):
        vat = self.vat.copy({"name": "IVA incluido", "price_include_override": "tax_included"})
        lines = [{"quantity": 3, "price_unit": 990, "tax_ids": vat.ids}]
        move = self.boleta(lines=lines)
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.texts(move, "Detalle/s:PrcItem"), ["990"])
        self.assertEqual(self.texts(move, "Totales/s:MntTotal"), ["2970"])

    def test_buyer_with_a_rut(self):
        buyer = self._create_customer(l10n_cl_sii_taxpayer_type="3")
        move = self.boleta(partner_id=buyer.id)
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.texts(move, "Receptor/s:RUTRecep"), [CUSTOMER_RUT])

    def test_buyer_of_whom_nothing_is_known(self):
        passer_by = self.env["res.partner"].create({"name": "Cliente de paso"})
        move = self.boleta(partner_id=passer_by.id)
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.texts(move, "Receptor/s:RUTRecep"), ["66666666-6"])

    def test_global_discount(self):
        move = self.boleta(
            lines=[{"price_unit": 10000}, {"price_unit": -1000, "name": "Descuento socio"}]
        )
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(self.texts(move, "Totales/s:MntTotal"), ["10710"])

    def test_a_due_date_to_come_is_stated(self):
        """There is no form of payment here: what is due at once has no due date."""
        later = Date.add(clock.today(), days=10)
        for values, expected in (
            ({}, []),
            ({"l10n_cl_means": "EF"}, []),
            ({"invoice_date_due": later}, [str(later)]),
            ({"invoice_date_due": later, "l10n_cl_means": "TC"}, [str(later)]),
        ):
            self.assertEqual(self.texts(self.boleta(**values), "IdDoc/s:FchVenc"), expected, values)

    def test_services_at_home_state_when_they_are_due(self):
        today = clock.today()
        month = {"l10n_cl_period_from": today.replace(day=1), "l10n_cl_period_to": today}
        for values in ({}, {"l10n_cl_means": "EF"}, {"l10n_cl_payment": "1"}):
            move = self.boleta(partner_id=self.customer.id, l10n_cl_service="1", **month, **values)
            self.assertEqual(self.texts(move, "IdDoc/s:FchVenc"), [str(today)])
            self.run_crons()
            self.assert_accepted(move)

    def test_periodic_services_want_a_buyer(self):
        self.issuer.boleta_service = "1"
        with self.assertRaises(UserError):
            self.boleta()

    def test_corrected_with_the_same_folio(self):
        self.script("document", "reject:HED-3-861")
        move = self.boleta()
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        name = move.name
        move.button_draft()
        move.invoice_line_ids.price_unit = 2000
        move.action_post()
        self.run_crons()
        self.assert_accepted(move)
        self.assertEqual(move.name, name)

    def test_folios_are_counted(self):
        self.boleta()
        self.assertEqual(self.cafs[39].left, 999)
        self.assertFalse(self.cafs[39].expires_on)
        stocks = {stock.document_type.code: stock for stock in self.issuer._folio_stocks()}
        self.assertEqual(stocks["39"].left, 999)
        self.assertIn("999", self.issuer.folio_forecast)
