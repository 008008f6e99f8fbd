"""A document altered on the server is handed to nobody, by whatever way they ask."""

import base64
import io
import zipfile

from odoo.tests import HttpCase, tagged

from ...models.access.intact import AlteredFile
from ..delivery.mail_case import MailCase
from ..taxpayer.identity_case import IdentityCase

TOTAL = b"<MntTotal>1190<"
FORGED = b"<MntTotal>9190<"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestGivenOut(MailCase, IdentityCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.move = self.post()
        self.run_crons()
        self.document = self.move.l10n_cl_dte_id

    def forge(self):
        self.alter(self.document, TOTAL, FORGED)

    def assert_called_once(self):
        self.env.invalidate_all()
        self.assertEqual(self.incidents(self.document).mapped("kind"), ["altered"])
        self.assertIn("Files of documents", self.issuer.alarms)

    def test_public_page(self):
        address = self.move.l10n_cl_public_url()
        path = address[address.index("/l10n_cl_sii/") :]
        self.forge()
        for part in ("xml", "pdf"):
            answer = self.url_open(f"{path}/{part}")
            self.assertEqual(answer.status_code, 409)
            self.assertNotIn(b"9190", answer.content)
        self.assert_called_once()

    def test_field_and_browser(self):
        self.authenticate("admin", "admin")
        manager = self.env.ref("base.user_admin")
        manager.sudo().company_ids |= self.company
        for user in (self.env.user, manager):
            document = self.document.with_user(user).with_company(self.company)
            self.assertIn(TOTAL, base64.b64decode(document.xml))
        self.forge()
        for user in (self.env.user, manager):
            document = self.document.with_user(user).with_company(self.company)
            with self.assertRaises(AlteredFile):
                document.read(["xml"])
        for address in (
            f"/web/content/l10n_cl.dte/{self.document.id}/xml",
            f"/web/content/{self.attachment(self.document).id}",
        ):
            answer = self.url_open(address)
            self.assertNotEqual(answer.status_code, 200)
            self.assertNotIn(b"9190", answer.content)
        self.assert_called_once()

    def test_the_form_still_opens(self):
        self.forge()
        [values] = self.document.with_context(bin_size=True).web_read({"xml": {}, "folio": {}})
        self.assertEqual(values["folio"], self.document.folio)

    def test_a_whole_one_is_given_out_beside_an_altered_one(self):
        other = self.post()
        self.forge()
        documents = self.document | other.l10n_cl_dte_id
        attachments = self.attachment(documents[0]) | self.attachment(documents[1])
        self.assertIn(TOTAL, attachments[1].raw)
        with self.assertRaises(AlteredFile):
            bytes(attachments[0].raw)

    def test_print_and_copy_beside_the_pdf(self):
        self.move._l10n_cl_attach_xml()
        copy = self.attachment(self.move, "l10n_cl_xml_file")
        self.assertIn(TOTAL, copy.raw)
        self.alter(self.move, TOTAL, FORGED, field="l10n_cl_xml_file")
        with self.assertRaises(AlteredFile):
            bytes(copy.raw)
        with self.assertRaises(AlteredFile):
            bytes(self.move.l10n_cl_xml_file)

    def test_download_of_many(self):
        self.forge()
        with self.assertRaises(AlteredFile):
            self.move._get_invoice_legal_documents("l10n_cl_dte")

    def test_zip_of_the_prints(self):
        self.move._l10n_cl_attach_xml()
        self.authenticate("admin", "admin")
        self.env.ref("base.user_admin").sudo().company_ids |= self.company
        copy = self.attachment(self.move, "l10n_cl_xml_file")
        self.alter(self.move, TOTAL, FORGED, field="l10n_cl_xml_file")
        answer = self.url_open(f"/account/download_invoice_attachments/{copy.id}")
        if answer.content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(answer.content)) as zipped:
                for name in zipped.namelist():
                    self.assertNotIn(FORGED, zipped.read(name))
        self.assertNotIn(FORGED, answer.content)

    def test_the_customers_mail(self):
        self.assertEqual(self.delivery(self.move).state, "to_send")
        self.forge()
        self.deliver()
        self.assertFalse(self.mail_server.mails)
        delivery = self.delivery(self.move)
        self.assertEqual(delivery.state, "failed")
        # in the customer's language, as his mail
        self.assertRegex(delivery.failure, "not the one that was kept|no es el que se guardó")
        self.assert_called_once()

    def test_a_mail_that_waited_for_the_server(self):
        self.server_record.smtp_port = 1
        self.deliver()
        message = self.delivery(self.move).message_id
        xml = message.attachment_ids.filtered(lambda each: each.name.endswith(".xml"))
        self.keep(xml, xml._l10n_cl_stored_bytes().replace(TOTAL, FORGED))
        self.server_record.smtp_port = self.mail_server.port
        self.deliver()
        self.assertFalse(self.mail_server.mails)
        self.assertEqual(self.delivery(self.move).state, "failed")

    def on_disk(self):
        """Files lie in the filestore, where equal ones are one."""
        self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", "file")

    def test_copies_that_went_with_a_mail(self):
        """In the filestore they are the same file as the document's own."""
        self.on_disk()
        files = [("dte.xml", self.document._xml_bytes()), ("dte.pdf", b"%PDF-1.4 a print")]
        copies = self.move.message_post(body="Sent", attachments=files).attachment_ids  # pylint: disable=translation-required
        self.assertTrue(all(copy.store_fname for copy in copies))
        for copy in copies:
            self.assertTrue(copy.raw)
            data = copy._l10n_cl_stored_bytes()
            self.keep(copy, data + b" ")
            with self.subTest(name=copy.name):
                with self.assertRaises(AlteredFile):
                    bytes(copy.raw)
                with self.assertRaises(AlteredFile):
                    copy._to_http_stream()
            self.keep(copy, data)
            self.assertEqual(copy.raw, data)

    def test_the_print_of_an_invoice(self):
        with self.allow_pdf_render():
            self.env["account.move.send"]._generate_and_send_invoices(
                self.move, sending_methods=["manual"]
            )
        stored = self.attachment(self.move, "invoice_pdf_report_file")
        self.assertTrue(stored.raw)
        self.assertEqual(stored.mimetype, "application/pdf")
        self.keep(stored, stored._l10n_cl_stored_bytes() + b" ")
        for ask in (
            lambda: bytes(stored.raw),
            lambda: self.move._get_invoice_legal_documents("pdf"),
            lambda: stored.read(["db_datas"]),
            stored.read,
            lambda: self.move.read(["invoice_pdf_report_file"]),
        ):
            self.env.invalidate_all()
            with self.assertRaises(AlteredFile):
                ask()

    def test_exchange(self):
        self.customer.l10n_cl_exchange_mailbox = "dte@penalolen.example"
        self.issuer.sudo().exchange_auto = True
        move = self.post()
        self.run_crons()
        self.alter(move.l10n_cl_dte_id, TOTAL, FORGED)
        self.deliver()
        self.assertFalse(self.mails_to("dte@penalolen.example"))
        self.assertEqual(self.delivery(move, "exchange").state, "failed")

    def test_a_lost_file(self):
        self.lose(self.document)
        with self.assertRaisesRegex(AlteredFile, "missing on the server"):
            self.document._xml_bytes()

    def test_an_incident_is_over_when_a_person_closes_it(self):
        data = self.attachment(self.document)._l10n_cl_stored_bytes()
        self.forge()
        self.assertFalse(self.document._is_whole())
        incident = self.incidents(self.document)
        self.assertIn(self.document.display_name, incident.record_name)
        self.keep(self.attachment(self.document), data)
        incident.action_done()
        self.assertEqual(self.document._xml_bytes(), data)
        self.assertFalse(self.incidents(self.document))
