"""The printed document, rendered by the real wkhtmltopdf and read like paper (PROTOCOL 6.3)."""

from odoo.exceptions import UserError
from odoo.tests import HttpCase

from ..common import SiiCase
from .print_case import PrintCase

PAPER_WIDTH, PAPER_HEIGHT = 210, 297


class TestPrintedInvoice(PrintCase):
    def test_stamp_reads_back_as_signed(self):
        move = self.post(lines=[{"name": "Jabón <ñandú> & más", "price_unit": 12990}])
        printed = self.print_out(move)
        [(read, (left, top, right, bottom))] = printed.stamps()
        self.assertEqual(read, self.ted(move))
        self.assertGreater(left, 20)
        self.assertGreater(top, PAPER_HEIGHT / 2, "lower part of the paper")
        self.assertTrue(50 < right - left < 90, f"{right - left} mm wide")
        self.assertTrue(20 < bottom - top < 40, f"{bottom - top} mm high")

    def test_what_the_law_wants_is_in_the_page(self):
        move = self.post(lines=[{"quantity": 3}, {"name": "Flete exento", "tax_ids": False}])
        printed = self.print_out(move)
        self.assert_prints(
            printed,
            "R.U.T.: 76.354.771-K",
            "FACTURA ELECTRÓNICA",
            f"N° {move.l10n_cl_dte_id.folio}",
            "S.I.I. - SANTIAGO ORIENTE",
            "Comercializadora Ñandú SpA",
            "Giro: Venta de materiales eléctricos",
            "Av. Providencia 1234",
            "Distribuidora Peñalolén Ltda.",
            "96.790.240-3",
            "Distribución de artículos para el hogar",
            "Los Leones 55",
            self.customer.city_id.name,
            "Cable de cobre Ñ 3x2,5",
            "IVA (19%)",
            "Timbre Electrónico SII Res. 0 de 2019 - Verifique documento: www.sii.cl",
        )
        self.assertEqual(len(printed.pages), 1)
        self.assertLess(printed.size, 500_000, "the SII takes samples of up to 500 KB")
        left, top, right, bottom = printed.pages[0].red_box()
        self.assertGreater(left, PAPER_WIDTH / 2)
        self.assertLess(bottom, PAPER_HEIGHT / 4)
        self.assertTrue(55 <= right - left <= 80, f"{right - left} mm wide")
        self.assertTrue(15 <= bottom - top <= 40, f"{bottom - top} mm high")

    def test_the_receiver_has_a_rut_whatever_the_contact_calls_its_number(self):
        self.customer.l10n_latam_identification_type_id = self.env.ref("l10n_latam_base.it_vat")
        printed = self.print_out(self.post())
        self.assert_prints(printed, "96.790.240-3")
        self.assertEqual(len(printed.pages[0].places("R.U.T.")), 2)

    def test_it_shows_what_was_signed_whatever_changed_since(self):
        move = self.post(lines=[{"quantity": 2.5, "discount": 15}, {"tax_ids": False}])
        self.customer.write(
            {"name": "Otro nombre", "street": "Otra calle", "l10n_cl_activity_description": "Otro"}
        )
        self.company.write({"name": "Sucesora SpA", "street": "Nueva 1"})
        self.company.l10n_cl_activity_description = False
        printed = self.print_out(move)
        self.assert_prints(
            printed,
            "Comercializadora Ñandú SpA Giro: Venta de materiales eléctricos Av. Providencia 1234",
            "Distribuidora Peñalolén Ltda.",
            "Los Leones 55",
            "Distribución de artículos para el hogar",
            "2,5 Unid 1.000 15 % 2.125",
            "(E) 1 Unid 1.000 1.000",
        )
        for text in ("Otro", "Otra", "Sucesora", "Nueva"):
            self.assertNotIn(text, printed.text)

    def test_exempt_invoice_has_no_vat(self):
        printed = self.print_out(self.post(code=34))
        self.assert_prints(printed, "FACTURA NO AFECTA O EXENTA ELECTRÓNICA")
        self.assertNotIn("IVA", printed.text)

    def test_note_names_what_it_refers_to(self):
        invoice = self.post()
        reference = {
            "document_type_id": invoice.l10n_latam_document_type_id.id,
            "l10n_cl_reference_doc_type_selection": "33",
            "folio": str(invoice.l10n_cl_dte_id.folio),
            "issued_on": "2026-02-02",
            "code": "1",
            "reason": "Anula por devolución",
        }
        note = self.post(code=61, l10n_cl_reference_ids=[(0, 0, reference)])
        printed = self.print_out(note)
        self.assert_prints(printed, "NOTA DE CRÉDITO ELECTRÓNICA")
        folio = invoice.l10n_cl_dte_id.folio
        row = rf"Factura Electrónica {folio} 02[/-]02[/-]2026 Anula por devolución"
        self.assertRegex(printed.text, row)
        self.assertEqual([read for read, _box in printed.stamps()], [self.ted(note)])

    def test_draft_shows_that_it_is_no_document(self):
        printed = self.print_out(self.draft())
        self.assert_prints(printed, "BORRADOR: SIN VALIDEZ COMO DOCUMENTO TRIBUTARIO")
        self.assertFalse(printed.stamps())
        self.assertNotIn("Timbre", printed.text)

    def test_draft_that_could_not_be_issued_prints_all_the_same(self):
        local = self.vat.copy({"name": "Impuesto local", "l10n_cl_sii_code": 0, "amount": 3})
        self.customer.write({"vat": False, "l10n_cl_activity_description": False})
        taxes = [(6, 0, (self.vat + local).ids)]
        printed = self.print_out(self.draft(lines=[{"tax_ids": taxes}, {"quantity": 0}]))
        self.assert_prints(printed, "BORRADOR: SIN VALIDEZ COMO DOCUMENTO TRIBUTARIO", "IVA (19%)")

    def test_spanish_reader_reads_spanish(self):
        self.env["res.lang"]._activate_lang("es_CL")
        modules = ["account", "l10n_cl", "l10n_cl_sii"]
        self.env["ir.module.module"]._load_module_terms(modules, ["es_CL"])
        self.customer.lang = "es_CL"
        printed = self.print_out(self.draft(lines=[{}, {"tax_ids": False}]))
        self.assert_prints(
            printed,
            "BORRADOR: SIN VALIDEZ COMO DOCUMENTO TRIBUTARIO",
            "COMUNA Peñalolén",
            "Monto exento $ 1.000",
        )

    def test_stamp_that_no_bar_code_holds_is_refused_before_it_is_signed(self):
        self.customer.name = "A" + "&" * 39
        move = self.draft(lines=[{"name": '"' * 40}])
        with self.assertRaises(UserError) as refusal:
            move.action_post()
        self.assertIn("The stamp cannot be printed", str(refusal.exception))
        self.assertFalse(move.l10n_cl_dte_id)
        self.customer.name = "Muebles y más"
        move.action_post()
        self.assertTrue(move._l10n_cl_stamp_image())

    def test_rejected_shows_that_it_is_no_document(self):
        move = self.post()
        self.sii.add_to_script({"on": "document", "do": "reject:DTE-3-505"})
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        printed = self.print_out(move)
        self.assert_prints(printed, "RECHAZADO POR EL SII: SIN VALIDEZ COMO DOCUMENTO TRIBUTARIO")
        self.assertFalse(printed.stamps())


class TestPrintedInPortal(SiiCase, HttpCase):
    def test_buyer_without_account_sees_the_stamped_page(self):
        move = self.post()
        answer = self.url_open(move.get_portal_url(report_type="html"))
        self.assertEqual(answer.status_code, 200)
        self.assertIn("data:image/svg+xml;base64,", answer.text)
        self.assertIn("Res. 0 de 2019", answer.text)
