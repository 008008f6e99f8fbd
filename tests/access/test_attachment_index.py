"""The SII's files are kept once: not a second time as words to search in."""

from ..delivery.mail_case import MailCase


class TestAttachmentIndex(MailCase):
    def test_no_file_of_a_document_is_indexed(self):
        self.customer.l10n_cl_exchange_mailbox = "dte@penalolen.example"
        self.issuer.sudo().exchange_auto = True
        before = self.env["ir.attachment"].sudo().search([("res_field", "in", (None, False))])
        move = self.post()
        self.run_crons()
        move._l10n_cl_attach_xml()
        self.deliver()
        files = self.env["ir.attachment"].sudo().search([("id", "not in", before.ids)])
        xml = files.filtered(lambda each: b"SiiDte" in each._l10n_cl_stored_bytes()[:1000])
        document = move.l10n_cl_dte_id
        owners = {each.res_model for each in xml}
        self.assertTrue({"l10n_cl.dte", "l10n_cl.envio", "l10n_cl.delivery"} <= owners)
        self.assertEqual(document._xml_bytes(), xml.filtered(
            lambda each: (each.res_model, each.res_id) == ("l10n_cl.dte", document.id)
        ).raw)  # fmt: skip
        self.assertFalse([each.name for each in xml if each.index_content])

    def test_other_texts_are_indexed_as_ever(self):
        note = self.env["ir.attachment"].create({"name": "nota.txt", "raw": b"palabra buscada"})
        self.assertIn("palabra", note.index_content)
