"""The page of a document for anyone who holds its token (PROTOCOL 4.4)."""

import base64

from odoo.tests import HttpCase, tagged

from ..printed import PrintedPdf
from ..printing.print_case import PrintCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPublicPage(PrintCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("es_CL")
        self.env["ir.module.module"]._load_module_terms(["l10n_cl_sii"], ["es_CL"])
        self.company.partner_id.lang = "es_CL"
        self.move = self.post()
        self.address = self.move.l10n_cl_public_url()
        self.path = self.address[self.address.index("/l10n_cl_sii/") :]

    def get(self, path):
        self.env.flush_all()
        return self.url_open(path)

    def test_the_page_shows_what_the_document_is_and_not_who_bought(self):
        self.run_crons()
        answer = self.get(self.path)
        self.assertEqual(answer.status_code, 200)
        document = self.move.l10n_cl_dte_id
        for text in ("Factura Electrónica", str(document.folio), "76.354.771-K", "1.190"):
            self.assertIn(text, answer.text)
        self.assertIn(self.company.name, answer.text)
        self.assertIn("Aceptado", answer.text)
        self.assertIn("Descargar PDF", answer.text)
        self.assertNotIn(self.customer.name, answer.text)
        self.assertNotIn("96.790.240", answer.text)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_xml_and_pdf_are_the_documents_own(self):
        xml = self.get(f"{self.path}/xml")
        self.assertEqual(xml.content, base64.b64decode(self.move.l10n_cl_dte_id.xml))
        # in test mode Odoo's server makes no PDF of its own
        document = self.move.l10n_cl_dte_id.sudo().with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            document._public_pdf_bytes()
        pdf = self.get(f"{self.path}/pdf")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        printed = PrintedPdf(pdf.content)
        self.assertEqual([read for read, _box in printed.stamps()], [self.ted(self.move)])

    def test_every_wrong_token_gets_the_same_answer(self):
        token = self.move.l10n_cl_dte_id.public_token
        self.assertGreaterEqual(len(token), 43, "256 bits")
        wrong = [token[:-1], token + "A", token.swapcase(), "0", "%25", "ñandú", "a" * 3000]
        wrong.append(str(self.move.l10n_cl_dte_id.id))
        answers = {self.get(f"/l10n_cl_sii/document/{each}").status_code for each in wrong}
        self.assertEqual(answers, {404})
        for part in ("pdf", "xml"):
            self.assertEqual(
                self.get(f"/l10n_cl_sii/document/{token[:-1]}/{part}").status_code, 404
            )

    def test_a_rejected_document_can_be_looked_up_but_not_taken(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        self.run_crons()
        self.assertEqual(self.move.l10n_cl_dte_state, "rejected")
        answer = self.get(self.path)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Sin validez como documento tributario", answer.text)
        for part in ("pdf", "xml"):
            self.assertEqual(self.get(f"{self.path}/{part}").status_code, 404)

    def test_drafts_have_no_page(self):
        self.assertFalse(self.draft().l10n_cl_public_url())

    def test_nobody_reads_tokens_through_the_client(self):
        clerk = self.env["res.users"].create(
            {
                "name": "Cajera",
                "login": "cajera",
                "group_ids": [(6, 0, self.env.ref("account.group_account_invoice").ids)],
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
            }
        )
        document = self.move.l10n_cl_dte_id.with_user(clerk)
        self.assertNotIn("public_token", document.fields_get())
