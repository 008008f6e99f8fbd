"""The daily summary of boletas, for the certification that still asks for it."""

import base64

from lxml import etree

from odoo.exceptions import UserError

from ...sii import clock
from ..boleta_case import NS, BoletaCase


class TestConsumoFolios(BoletaCase):
    def wizard(self, **values):
        return self.env["l10n_cl.consumo.folios"].create(
            {"issuer_id": self.issuer.id, "day": clock.today(), **values}
        )

    def summaries(self, wizard):
        """Type -> what the signed file states of it."""
        wizard.action_sign()
        root = etree.fromstring(base64.b64decode(wizard.file))
        return {
            int(each.findtext("s:TipoDocumento", namespaces=NS)): {
                etree.QName(element).localname: element.text for element in each
            }
            for each in root.iterfind(".//s:Resumen", NS)
        }

    def test_a_day(self):
        moves = self.boleta() + self.boleta() + self.boleta(code=41)
        self.post()
        given_up = self.boleta()
        given_up.l10n_cl_dte_id.action_void()
        wizard = self.wizard()
        self.assertEqual(wizard.count, 4, "the factura is not among them")
        found = self.summaries(wizard)
        self.assertEqual(set(found), {39, 41})
        self.assertEqual(found[39]["MntNeto"], "2000")
        self.assertEqual(found[39]["MntIva"], "380")
        self.assertEqual(found[39]["MntTotal"], "2380")
        self.assertEqual((found[39]["FoliosEmitidos"], found[39]["FoliosAnulados"]), ("2", "1"))
        self.assertEqual(found[41]["MntTotal"], str(round(moves[2].amount_total)))

    def test_managers_read_who_had_it_signed(self):
        user = self.env.user
        self.wizard().action_sign()
        lines = self.env["l10n_cl.trace"].search(
            [("kind", "=", "signature"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(lines.mapped("text"), ["Daily summary of folios (RCOF)"])
        self.assertEqual((lines.user_id, lines.res_id), (user, self.issuer.id))

    def test_notes_over_boletas_alone(self):
        boleta, factura = self.boleta(), self.post()
        self.run_crons()
        for move in (boleta, factura):
            wizard = (
                self.env["account.move.reversal"]
                .with_context(active_model="account.move", active_ids=move.ids)
                .create({"journal_id": move.journal_id.id, "reason": "Devolución"})
            )
            self.env["account.move"].browse(wizard.reverse_moves()["res_id"]).action_post()
        self.assertEqual(self.summaries(self.wizard())[61]["FoliosEmitidos"], "1")

    def test_a_day_without_sales(self):
        self.assertEqual(self.summaries(self.wizard(day="2026-01-01"))[39]["FoliosUtilizados"], "0")

    def test_numbers_that_the_sii_does_not_take(self):
        with self.assertRaises(UserError):
            self.wizard(sequence=1000).action_sign()
