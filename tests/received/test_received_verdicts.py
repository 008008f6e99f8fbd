"""Four verdicts on what arrives, each shown for itself; and other files of one document."""

import hashlib
import re

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ..strangers import signed_again, stranger
from .received_case import ReceivedCase

LINES = [{}, {"product_id": False, "name": "Flete a bodega"}]
YACHT = ("Flete a bodega</NmbItem>", "Yate de lujo</NmbItem>")
ODD = {"on": "signature_status", "do": "estado:9"}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedVerdicts(ReceivedCase):
    def verdicts(self, document):
        return (
            document.bytes_verdict,
            document.stamp_verdict,
            document.chain_verdict,
            document.sii_verdict,
        )

    def asked(self):
        return [each["operation"] for each in self.exchanges() if "status" in each["operation"]]

    def test_all_four_of_a_genuine_document(self):
        _move, xml = self.issued()
        [document] = self.load(("factura.xml", xml))
        self.assertEqual(self.verdicts(document), ("whole", "valid", "test", "waiting"))
        self.assertEqual(document.signer_rut, "12345678-5")
        self.assertEqual(document.signer_name, "María Pérez Núñez")
        self.assertTrue(document.signed_at)
        self.ask_sii()
        self.assertEqual(self.verdicts(document), ("whole", "valid", "test", "held"))
        self.assertEqual(document.state, "verified")

    def test_each_verdict_speaks_for_itself(self):
        _move, xml = self.issued()
        for number, (data, verdicts) in enumerate(
            (
                (xml.replace(b"<GiroRecep>", b"<GiroRecep>X"), ("altered", "valid", "missing")),
                (
                    signed_again(xml, stranger(), ("<FRMT", "<FRMT ")),
                    ("whole", "valid", "self_signed"),
                ),
                (
                    signed_again(xml, stranger(), ("<MntTotal>1190<", "<MntTotal>1191<")),
                    ("whole", "invalid", "self_signed"),
                ),
            )
        ):
            with self.subTest(verdicts=verdicts):
                folio = re.search(rb"<Folio>(\d+)<", data)[1]
                self.received.sudo().search([("folio", "=", int(folio))]).unlink()
                [document] = self.load((f"{number}.xml", data))
                self.assertEqual(self.verdicts(document), (*verdicts, "waiting"))

    def test_an_unknown_signer_is_reported_and_still_makes_a_bill(self):
        self.env["ir.config_parameter"].sudo().set_param("l10n_cl_sii.authority.simulator", False)
        document = self.receive()
        self.assertEqual(self.verdicts(document), ("whole", "valid", "unknown", "held"))
        self.assertIn("unknown", document.chain_text)
        self.assertTrue(document.bill_id)

    def test_in_production_a_simulator_is_unknown(self):
        _move, xml = self.issued()
        self.env.cr.execute(
            "UPDATE l10n_cl_issuer SET environment = 'production' WHERE id = %s",
            [self.buyer_issuer.id],
        )
        self.buyer_issuer.invalidate_recordset()
        [document] = self.load(("factura.xml", xml))
        self.assertEqual(document.chain_verdict, "unknown")

    def test_altered_lines_signed_by_somebody_make_no_bill(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("yate.xml", signed_again(xml, stranger(), YACHT)))
        self.assertEqual(self.verdicts(document), ("whole", "valid", "self_signed", "waiting"))
        self.ask_sii()
        self.assertEqual((document.state, document.sii_verdict), ("suspect", "differs"))
        self.assertFalse(document.bill_id)
        self.assertTrue(document.activity_ids)

    def test_the_genuine_file_after_the_altered_one(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("yate.xml", signed_again(xml, stranger(), YACHT)))
        self.ask_sii()
        self.assertEqual(self.load(("buena.xml", xml)), document)
        self.ask_sii()
        self.assertEqual((document.state, document.sii_verdict), ("verified", "held"))
        self.assertEqual(document._xml_bytes(), document._document().xml)
        self.assertEqual(document.xml_sha256, hashlib.sha256(document._xml_bytes()).hexdigest())
        self.assertEqual(document.file_name, "buena.xml")
        self.assertIn("Flete a bodega", document.bill_id.invoice_line_ids.mapped("name"))
        [other] = document.file_ids
        self.assertEqual((other.file_name, other.sii_verdict), ("yate.xml", "differs"))
        text = r"^Line 2, name \(Detalle 2/NmbItem\): Flete a bodega → Yate de lujo$"
        self.assertRegex(other.differences, text)
        self.assertIn(b"Yate de lujo", other._xml_bytes())

    def test_both_before_the_sii_is_asked(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("yate.xml", signed_again(xml, stranger(), YACHT)))
        self.load(("buena.xml", xml))
        self.assertEqual(document.file_ids.sii_verdict, "waiting")
        self.ask_sii()
        self.assertEqual((document.state, document.file_name), ("verified", "buena.xml"))
        self.assertTrue(document.activity_ids)

    def test_the_altered_file_after_the_genuine_one(self):
        document = self.receive(lines=LINES)
        bill, lines = document.bill_id, document.bill_id.invoice_line_ids.mapped("name")
        altered = signed_again(document._xml_bytes(), stranger(), YACHT)
        self.assertEqual(self.load(("yate.xml", altered)), document)
        self.ask_sii()
        self.assertEqual((document.state, document.bill_id), ("verified", bill))
        self.assertEqual(bill.invoice_line_ids.mapped("name"), lines)
        self.assertTrue(document.files_differ)
        [other] = document.file_ids
        self.assertEqual((other.bytes_verdict, other.sii_verdict), ("whole", "differs"))
        self.assertIn("Yate de lujo", other.differences)
        self.assertIn("other content", document.activity_ids.note)
        texts = document.event_ids.mapped("text")
        self.assertFalse([text for text in texts if "Arrived again" in text])
        self.load(("yate2.xml", altered))
        self.assertEqual(len(document.file_ids), 1)

    def test_a_copy_with_a_broken_signature_is_kept_and_calls_nobody(self):
        document = self.receive(lines=LINES)
        broken = document._xml_bytes().replace(b"bodega</NmbItem>", b"X</NmbItem>")
        self.load(("rota.xml", broken))
        self.assertEqual(document.file_ids.bytes_verdict, "altered")
        self.assertIn("Detalle 2/NmbItem", document.file_ids.differences)
        self.assertFalse(document.activity_ids)
        self.assertEqual(document.state, "verified")

    def test_the_same_signed_document_written_otherwise(self):
        document = self.receive(lines=LINES)
        written = document._xml_bytes().replace(b"</DTE>", b"\n\n</DTE>")
        self.load(("espacios.xml", written))
        [other] = document.file_ids
        self.assertTrue(other.same_signature)
        self.assertFalse(document.files_differ or document.activity_ids)
        self.assertIn("written otherwise", document.event_ids[0].text)

    def test_strangers_cannot_fill_the_database_with_files(self):
        document = self.receive(lines=LINES)
        for number in range(12):
            name = f"{number}</NmbItem>".encode()
            self.load(("x.xml", document._xml_bytes().replace(b"bodega</NmbItem>", name)))
        self.assertEqual(len(document.file_ids), 10)

    def test_a_bill_of_a_file_that_the_sii_does_not_hold(self):
        """As bills were made before the SII was asked about signatures."""
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("yate.xml", signed_again(xml, stranger(), YACHT)))
        self.sii.add_to_script(ODD)
        self.ask_sii()
        document.action_take_unsigned()
        bill = document.bill_id
        self.assertIn("Yate de lujo", bill.invoice_line_ids.mapped("name"))
        self.load(("buena.xml", xml))
        self.ask_sii()
        self.assertEqual((document.file_name, document.sii_verdict), ("buena.xml", "held"))
        self.assertIn("does not hold", document.activity_ids.note)
        with self.assertRaisesRegex(UserError, "does not hold"):
            bill.action_post()
        document.action_make_bill()
        self.assertIn("Flete a bodega", bill.invoice_line_ids.mapped("name"))
        bill.action_post()

    def test_on_an_odd_answer_the_amount_is_asked_and_a_person_decides(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("factura.xml", xml))
        self.sii.add_to_script({**ODD, "times": 3})
        self.ask_sii()
        self.assertEqual(self.asked()[-2:], ["signature_status", "document_status"])
        self.assertEqual((document.state, document.sii_verdict), ("new", "unasked"))
        self.assertFalse(document.bill_id)
        self.assertTrue(document.deadline and document.received_at)
        self.assertIn("not asked about the signature", document.activity_ids.note)
        self.ask_sii()
        self.assertEqual(len(document.activity_ids), 1)
        document.action_take_unsigned()
        self.assertEqual((document.state, document.sii_verdict), ("verified", "unasked"))
        self.assertTrue(document.bill_id)
        self.assertFalse(document.activity_ids)

    def test_the_service_comes_back_before_anybody_decides(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("factura.xml", xml))
        self.sii.add_to_script(ODD)
        self.ask_sii()
        self.ask_sii()
        self.assertEqual((document.state, document.sii_verdict), ("verified", "held"))

    def test_a_service_that_stays_silent(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("factura.xml", xml))
        self.sii.add_to_script({"on": "signature_status", "do": "503", "times": 3})
        for _time in range(2):
            self.ask_sii()
            self.assertEqual((document.state, document.sii_verdict), ("new", "waiting"))
        self.ask_sii()
        self.assertEqual((document.state, document.sii_verdict), ("new", "unasked"))

    def test_a_dropped_bill_waits_for_the_decision(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("factura.xml", xml))
        bill = (
            self.env["account.move"]
            .with_company(self.buyer)
            .create({"move_type": "in_invoice", "partner_id": self.customer.id})
        )
        document.sudo().bill_id = bill
        self.sii.add_to_script(ODD)
        self.ask_sii()
        self.assertFalse(bill.invoice_line_ids)
        self.assertIn("signature", bill.l10n_cl_received_warning)
        with self.assertRaisesRegex(UserError, "signature"):
            bill.action_post()

    def test_who_may_take_one(self):
        _move, xml = self.issued(lines=LINES)
        [document] = self.load(("factura.xml", xml))
        self.sii.add_to_script(ODD)
        self.ask_sii()
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        other = new_test_user(
            self.env(su=True), "other", "base.group_user,account.group_account_invoice", **company
        )
        for user in (other, new_test_user(self.env(su=True), "nobody", "base.group_user")):
            with self.assertRaises(UserError):
                document.with_user(user).action_take_unsigned()
        self.assertEqual(document.state, "new")
