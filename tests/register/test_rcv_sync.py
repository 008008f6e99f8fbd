"""The register read from the SII by a scheduled action, through all failures of the connection."""

from odoo import fields
from odoo.tests import tagged

from ...sii import clock
from ..common import COMPANY_RUT, SiiCase

CRON = "cron_rcv_sync"


def purchase(number=1, **values):
    """A line of the facade."""
    return {
        "detTipoDoc": 33,
        "detNroDoc": 1000 + number,
        "detRutDoc": 96790240,
        "detDvDoc": "3",
        "detRznSoc": "Distribuidora Peñalolén Ltda.",
        "detFchDoc": "05/06/2026",
        "detFecRecepcion": "06/06/2026 09:30:15",
        "detMntExe": 0,
        "detMntNeto": 10000,
        "detMntIVA": 1900,
        "detMntTotal": 11900,
        "descTipoTransaccion": "Del Giro",
        **values,
    }


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRcvSync(SiiCase):
    def setUp(self):
        super().setUp()
        self.sii.clear_script()
        self.month = f"{clock.today():%Y-%m}"
        # what the tests before issued is none of these
        for month in self.env["l10n_cl.rcv.period"].sudo()._months_to_sync():
            for name in ("COMPRA/REGISTRO", "VENTA/REGISTRO"):
                self.load(name, month=month)
        self.load("COMPRA/REGISTRO", purchase(1, detEventoReceptor="C"), purchase(2))
        self.load("COMPRA/PENDIENTE", purchase(3))
        self.load("VENTA/REGISTRO", {"rsmnTipoDocInteger": 39, "rsmnTotDoc": 7, "rsmnMntTotal": 9})
        self.load("bhe_received")

    def load(self, name, *rows, month=None):
        self.sii.load_register(
            {"rut": COMPANY_RUT, "period": month or self.month, "list": name, "rows": list(rows)}
        )

    def sync(self):
        """Run the scheduled action with every waiting month brought forward."""
        self.env["l10n_cl.rcv.period"].sudo().search([]).next_attempt_at = False
        self.run_crons(CRON)

    def entries(self):
        return self.env["l10n_cl.rcv.entry"].search([("company_id", "=", self.company.id)])

    def period(self, book="received", month=None):
        return self.env["l10n_cl.rcv.period"].search(
            [
                ("company_id", "=", self.company.id),
                ("month", "=", month or self.month),
                ("issue_type", "=", book),
            ]
        )

    def asked(self):
        """Lists that were asked for and answered."""
        return [each for each in self.exchanges() if each["operation"] == "register"]

    def test_a_document_twice_in_a_list_is_reported(self):
        twice = [purchase(1), purchase(2), purchase(1, detMntTotal=12000)]
        self.load("COMPRA/REGISTRO", *twice)
        self.sync()
        text = self.period().contradictions
        self.assertIn("number 1001 of 96790240-3", text)
        self.assertIn("Total 11.900 / 12.000", text)
        self.assertFalse(self.period().problem)
        entry = self.entries().filtered(lambda each: each.number == "1001")
        self.assertEqual(entry.total_amount, 12_000)
        self.load("COMPRA/REGISTRO", purchase(1), purchase(1))
        self.sync()
        self.assertFalse(self.period().contradictions)

    def test_three_months_of_both_books(self):
        self.sync()
        self.assertEqual(sorted(self.entries().mapped("number")), ["", "1001", "1002", "1003"])
        periods = self.env["l10n_cl.rcv.period"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(periods), 6)
        self.assertEqual(set(periods.mapped("state")), {"synced"})
        self.assertEqual(set(periods.mapped("progress")), {100})
        confirmed = self.entries().filtered(lambda each: each.number == "1001")
        self.assertEqual((confirmed.confirmation_status, confirmed.source), ("C", "SII"))

    def test_repetition_and_movement(self):
        self.sync()
        self.load("COMPRA/REGISTRO", purchase(1), purchase(2), purchase(3))
        self.load("COMPRA/PENDIENTE")
        self.sync()
        moved = self.entries().filtered(lambda each: each.number == "1003")
        self.assertEqual(len(self.entries()), 4)
        self.assertEqual(moved.invoice_status, "registered")
        self.assertIn("invoice_status", moved.event_ids.mapped("attribute"))

    def test_fee_receipts_come_with_it(self):
        row = {
            "nroboleta": "15",
            "rutemisor": "12345678",
            "dvemisor": "5",
            "nombre_emisor": "José Núñez",
            "fecha_boleta": "10/06/2026",
            "totalhonorarios": "1000000",
            "retencion_receptor": "152500",
            "honorariosliquidos": "847500",
            "es_soc_profesional": "NO",
            "estado": "N",
            "fechaanulacion": "",
        }
        self.load("bhe_received", row)
        self.sync()
        receipt = self.entries().filtered("is_services_invoice")
        self.assertEqual((receipt.number, receipt.counterpart_rut), ("15", "12345678-5"))
        self.assertEqual(receipt.services_receiver_withheld_amount, 152500)
        self.assertEqual(receipt.services_status, "VIG")

    def test_an_outage_is_reported_until_it_ends(self):
        self.sii.add_to_script({"on": "register", "do": "html", "times": 100})
        self.sync()
        self.assertFalse(self.entries())
        self.assertIn("web page", self.period().problem)
        self.assertEqual(self.period().state, "open")
        self.assertGreater(self.period().next_attempt_at, fields.Datetime.now())
        self.sii.clear_script()
        self.sync()
        self.assertEqual(len(self.entries()), 4)
        self.assertFalse(self.period().problem)

    def test_half_a_page_is_not_taken(self):
        # the first list's summary is whole, its documents are not
        self.sii.add_to_script({"on": "register", "do": "delay:0.01"})
        self.sii.add_to_script({"on": "register", "do": "half"})
        self.sync()
        period = self.period()
        self.assertEqual(period.problem.split(";")[1].strip(), "none of them was taken.")
        self.assertNotIn("1001", self.entries().mapped("number"))
        self.sync()
        self.assertIn("1001", self.entries().mapped("number"))

    def test_an_interrupted_sync_goes_on_where_it_was(self):
        # registered: summary and documents; then the pending list breaks off
        self.sii.add_to_script({"on": "register", "do": "delay:0.01", "times": 2})
        self.sii.add_to_script({"on": "register", "do": "truncate"})
        self.sync()
        period = self.period()
        self.assertEqual(period.resume_at, {"done": ["received/registered"]})
        self.assertEqual(
            sorted(self.entries().filtered("number").mapped("number")), ["1001", "1002"]
        )
        self.assertTrue(0 < period.progress < 100)
        before = len(self.asked())
        self.sync()
        self.assertFalse(period.resume_at)
        self.assertIn("1003", self.entries().mapped("number"))
        first = self.asked()[before]["outcome"]
        self.assertIn("getResumen: codRespuesta 0", first)
        self.assertIn("1 lines", first)

    def test_an_expired_login_is_renewed(self):
        self.sii.add_to_script({"on": "register", "do": "token_expired"})
        self.sync()
        self.assertEqual(len(self.entries()), 4)

    def test_missing_access_is_reported_once_a_round(self):
        self.sii.register_company(
            {
                "rut": COMPANY_RUT,
                "name": self.company.name,
                "resolution_date": "2019-03-01",
                "resolution_number": 0,
                "actecos": [620100],
                "users": ["96790240-3"],
            }
        )
        self.addCleanup(self._register_at_sii)
        self.sync()
        self.assertIn("no tiene permisos", self.period().problem)
        later = self.period().next_attempt_at - fields.Datetime.now()
        self.assertGreater(later.total_seconds(), 5 * 3600)

    def test_closed_months_are_left_alone(self):
        self.sync()
        self.period().action_close()
        self.load("COMPRA/REGISTRO", purchase(1), purchase(2), purchase(99))
        self.sync()
        self.assertNotIn("1099", self.entries().mapped("number"))

    def test_an_old_month_is_read_when_asked_for(self):
        self.load("COMPRA/REGISTRO", purchase(50), month="2024-02")
        self.env["l10n_cl.rcv.period"]._of(self.company, {("2024-02", "received")})
        self.run_crons(CRON)
        self.assertNotIn("1050", self.entries().mapped("number"))
        self.period(month="2024-02").action_sync()
        self.run_crons(CRON)
        self.assertIn("1050", self.entries().mapped("number"))

    def test_certification_has_no_register(self):
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.base_url", False)
        self.assertFalse(self.env["l10n_cl.issuer"]._with_register())

    def test_companies_that_do_not_want_it(self):
        self.issuer.syncs_register = False
        self.sync()
        self.assertFalse(self.asked())

    def test_nothing_is_due_before_six_hours(self):
        self.sync()
        asked = len(self.asked())
        self.run_crons(CRON)
        self.assertEqual(len(self.asked()), asked)
