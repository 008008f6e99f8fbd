"""What suppliers send: read, judged, asked about at the SII, and made a bill."""

import base64
import io
import zipfile

from odoo.exceptions import UserError
from odoo.tests import tagged

from .received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceived(ReceivedCase):
    def test_from_file_to_bill(self):
        move, xml = self.issued(lines=[{"quantity": 3, "discount": 10}, {"tax_ids": False}])
        [document] = self.load(("factura.xml", xml))
        self.assertEqual(document.state, "new")
        self.assertFalse(document.bill_id)
        self.ask_sii()
        self.assertEqual(document.state, "verified")
        self.assertIn("DOK", document.sii_text)
        self.assertEqual((document.deadline - document.received_at).days, 8)
        bill = document.bill_id
        self.assertEqual((bill.move_type, bill.state), ("in_invoice", "draft"))
        self.assertEqual(bill.company_id, self.buyer)
        self.assertEqual(bill.partner_id.vat, "76354771-K")
        self.assertEqual(bill.l10n_latam_document_number, f"{move.l10n_cl_dte_id.folio:06d}")
        self.assertEqual(bill.amount_total, move.amount_total)
        self.assertEqual(bill.amount_tax, move.amount_tax)
        self.assertEqual(bill.invoice_line_ids.mapped("quantity"), [3, 1])
        self.assertEqual(bill.invoice_line_ids[0].discount, 10)
        bill.action_post()
        self.assertEqual(bill.name, f"FAC {move.l10n_cl_dte_id.folio:06d}")

    def test_an_envelope_and_a_zip(self):
        moves = self.post() + self.post()
        self.run_crons("cron_send", "cron_poll")
        envelope = self.env["l10n_cl.envio"].sudo()._seal(moves.l10n_cl_dte_id.sudo())
        alone = base64.b64decode(moves[0].l10n_cl_dte_id.xml)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("envio.xml", base64.b64decode(envelope.xml))
            archive.writestr("sub/uno.XML", alone)
            archive.writestr("leame.txt", "hola")
        documents = self.load(("todo.zip", packed.getvalue()))
        self.assertEqual(set(documents.mapped("folio")), set(moves.l10n_cl_dte_id.mapped("folio")))
        [envelope_id] = set(documents.mapped("envelope_id"))
        self.assertIn(f'ID="{envelope_id}"'.encode(), envelope._xml_bytes())

    def test_the_same_document_twice_is_one(self):
        document = self.receive()
        bill = document.bill_id
        again = self.load(("otra_vez.xml", document._xml_bytes()))
        self.assertEqual(again, document)
        self.ask_sii()
        self.assertEqual(document.bill_id, bill)
        self.assertIn("otra_vez.xml", document.event_ids[0].text)

    def test_a_flipped_digit_makes_no_bill_and_calls_a_person(self):
        _move, xml = self.issued()
        altered = xml.replace(b"<MntTotal>1190<", b"<MntTotal>1191<")
        self.assertNotEqual(altered, xml)
        [document] = self.load(("alterada.xml", altered))
        self.ask_sii()
        self.assertEqual(document.state, "suspect")
        self.assertFalse(document.bill_id)
        self.assertIn("changed after it was signed", document.problems)
        self.assertTrue(document.activity_ids)
        self.load(("buena.xml", xml))
        self.ask_sii()
        self.assertEqual(document.state, "verified")
        self.assertFalse(document.activity_ids)
        self.assertEqual(document.bill_id.amount_total, 1190)

    def test_signed_well_and_unknown_to_the_sii(self):
        _move, xml = self.issued(accepted=False)
        [document] = self.load(("fantasma.xml", xml))
        for _attempt in range(4):
            self.ask_sii()
            self.assertEqual(document.state, "new")
            self.assertFalse(document.bill_id)
        self.ask_sii()
        self.assertEqual(document.state, "suspect")
        self.assertIn("FAU", document.sii_text)
        self.assertTrue(document.activity_ids)
        self.run_crons("cron_send", "cron_poll")
        document.action_ask_again()
        self.ask_sii()
        self.assertEqual(document.state, "verified")

    def test_the_sii_does_not_answer(self):
        _move, xml = self.issued()
        [document] = self.load(("factura.xml", xml))
        self.sii.add_to_script({"on": "signature_status", "do": "503"})
        self.ask_sii()
        self.assertEqual(document.state, "new")
        self.assertTrue(document.next_attempt_at)
        self.ask_sii()
        self.assertEqual(document.state, "verified")

    def test_addressed_to_another_company(self):
        partner = self._create_customer(vat="77888777-0")
        _move, xml = self.issued(partner_id=partner.id)
        with self.assertRaisesRegex(UserError, "77888777-0"):
            self.load(("ajena.xml", xml))
        self.assertFalse(self.received.search([("company_id", "=", self.buyer.id)]))

    def test_hostile_files(self):
        laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ja">]><DTE>&b;</DTE>'
        outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><DTE>&b;</DTE>'
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.xml", b" " * (40 * 1024 * 1024))
        with zipfile.ZipFile(empty := io.BytesIO(), "w") as archive:
            archive.writestr("a.txt", b"hola")
        for data, sentence in (
            (laughs, "declares entities"),
            (outside, "declares entities"),
            (bomb.getvalue(), "far more than its size"),
            (empty.getvalue(), "no XML file"),
            (b"PK\x03\x04basura", "damaged"),
            (b"<DTE>" + b" " * (50 * 1024 * 1024), "too big"),
            (b"<DTE><Documento>", "no complete XML"),
            (b"<a/>", "no tax document"),
            (b"\x00\x01", "encoding"),
        ):
            with self.subTest(sentence=sentence), self.assertRaisesRegex(UserError, sentence):
                self.load(("archivo.xml", data))
        self.assertFalse(self.received.search([("company_id", "=", self.buyer.id)]))
