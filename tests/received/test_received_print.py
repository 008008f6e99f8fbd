"""A received XML printed again: its contents, its stamp, and a word when it is not genuine."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..printing.print_case import PrintCase
from ..strangers import signed_again, stranger

RECEIVED = "l10n_cl_sii.action_report_received"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedPrint(PrintCase):
    def load(self, data):
        wizard = self.env["l10n_cl.print.received"].create({"file": base64.b64encode(data)})
        wizard.action_print()
        return wizard.sheet_ids

    def signed(self, move):
        return base64.b64decode(move.l10n_cl_dte_id.xml)

    def test_a_dte_alone(self):
        move = self.post(
            lines=[{"quantity": 2, "discount": 10}, {"name": "Flete", "tax_ids": False}]
        )
        printed = self.print_out(self.load(self.signed(move)), RECEIVED)
        [page] = printed.pages
        self.assert_prints(
            printed,
            "R.U.T.: 76.354.771-K",
            "FACTURA ELECTRÓNICA",
            f"N° {move.l10n_cl_dte_id.folio}",
            "Señor(es): Distribuidora Peñalolén Ltda.",
            "96.790.240-3",
            "Cable de cobre Ñ 3x2,5",
            "Flete (exento)",
            "Monto neto $ 1.800",
            "IVA (19%) $ 342",
            "Total $ 3.142",
            "Timbre Electrónico SII Verifique documento: www.sii.cl",
        )
        self.assertEqual([read for read, _box in page.stamps()], [self.ted(move)])
        self.assertNotIn("NO SON VÁLIDOS", printed.text)
        self.assert_prints(
            printed,
            "Archivo y firma: íntegro",
            "Timbre y CAF: válidos",
            "Firmante: María Pérez Núñez 12345678-5: certificado por un simulador",
            "SII: no consultado",
        )

    def test_the_resolution_is_taken_from_the_envelope(self):
        moves = self.post() + self.post()
        envio = self.env["l10n_cl.envio"].sudo()._seal(moves.l10n_cl_dte_id.sudo())
        printed = self.print_out(self.load(base64.b64decode(envio.xml)), RECEIVED)
        self.assertEqual(len(printed.pages), 2)
        self.assert_prints(printed, "Res. 0 de 2019")
        stamps = {read for read, _box in printed.stamps()}
        self.assertEqual(stamps, {self.ted(move) for move in moves})

    def test_an_altered_document_is_marked(self):
        data = self.signed(self.post())
        altered = data.replace(b"<GiroRecep>D", b"<GiroRecep>X")
        self.assertNotEqual(data, altered)
        printed = self.print_out(self.load(altered), RECEIVED)
        self.assertIn("NO SON VÁLIDOS", printed.text)
        self.assert_prints(printed, "Archivo y firma: alterado", "Timbre y CAF: válidos")

    def test_signed_by_a_stranger(self):
        data = signed_again(
            self.signed(self.post()), stranger("Nadie"), ("<GiroRecep>D", "<GiroRecep>X")
        )
        printed = self.print_out(self.load(data), RECEIVED)
        self.assert_prints(
            printed, "Archivo y firma: íntegro", "Firmante: Nadie: certificado hecho por quien"
        )
        self.assertNotIn("genuin", printed.text.lower())

    def test_what_is_no_document_is_refused(self):
        signed = self.signed(self.post())
        for data in (b"", b"hola", b"<a/>", b"%PDF-1.4", signed[: len(signed) // 2]):
            with self.subTest(data=data[:10]), self.assertRaisesRegex(UserError, "no tax document"):
                self.load(data or b" ")
