"""Files of every kind by every entrance: what is not opened is reported, in the same words."""

import base64
import io
import uuid
import zipfile

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...sii.tests.support import foreign_files, mails
from .received_case import ReceivedCase

TEXTS = {
    **dict.fromkeys(foreign_files.ARCHIVES, "archives of this kind are not opened"),
    "pdf": "is a PDF",
    "picture": "is a picture",
    "office": "of an office program",
    "mail": "is a whole mail",
    "page": "is a web page",
    "empty": "is empty",
    "text": "a text and no XML",
    "binary": "its bytes are no text",
}
FILES = [
    *foreign_files.ARCHIVES.items(),
    *((kind, data) for kind, files in foreign_files.OTHERS.items() for data in files),
]
UNREAD = [(kind, data) for kind, data in FILES if kind in foreign_files.ARCHIVES]


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedKinds(ReceivedCase):
    def setUp(self):
        super().setUp()
        domain = self.env["mail.alias.domain"].create({"name": "mail.example"})
        (self.buyer + self.company).alias_domain_id = domain
        # in English, whatever the database speaks
        self.gateway = self.env["mail.thread"].with_context(lang="en_US")
        self.mailbox = self.buyer_issuer.sudo()
        self.mailbox.write({"alias_name": "casilla", "alias_domain_id": domain.id})
        self.journal = self.env["account.journal"].search(
            [("company_id", "=", self.buyer.id), ("type", "=", "purchase")], limit=1
        )
        self.journal.write({"alias_name": "compras", "alias_id": self.journal.alias_id.id})

    def bills(self):
        return self.env["account.move"].search([("journal_id", "=", self.journal.id)])

    def mail(self, *files, to=b"compras"):
        """Mail files; the bills that it makes."""
        before = self.bills()
        parts = [
            mails.part(data, "application/octet-stream", f'; filename="{name}"')
            for name, data in files
        ]
        raw = mails.mail(mails.TEXT, *parts).replace(b"dte@c.example", to + b"@mail.example")
        number = b"Message-Id: <%s@b.example>" % uuid.uuid4().hex.encode()
        raw = raw.replace(b"Message-Id: <1@b.example>", number)
        self.gateway.message_process(None, raw)
        return self.bills() - before

    def messages(self, record):
        messages = record if record._name == "mail.message" else record.message_ids
        return "\n".join(messages.mapped(lambda each: each.body or ""))

    def drop(self, name, data):
        file = self.env["ir.attachment"].create({"name": name, "raw": data})
        before = self.bills()
        self.journal.with_context(default_move_type="in_invoice").create_document_from_attachment(
            file.ids
        )
        return self.bills() - before

    def test_mailed_to_a_journal(self):
        for kind, data in UNREAD:
            for name in ("F33", "F33.xml", f"F33.{kind}"):
                with self.subTest(kind=kind, name=name):
                    bill = self.mail((name, data))
                    self.assertEqual(len(bill), 1)
                    self.assertIn(f"{name}: {TEXTS[kind]}", self.messages(bill))
                    self.assertEqual(self.messages(bill).count(TEXTS[kind]), 1)
                    self.assertEqual(len(bill.activity_ids), 1)
                    self.assertIn(TEXTS[kind], bill.activity_ids.note)
                    self.assertIn(name, bill.message_ids.attachment_ids.mapped("name"))

    def test_a_file_named_xml_that_is_no_xml(self):
        for kind, data in FILES:
            with self.subTest(kind=kind, data=data[:10]):
                bill = self.mail(("F33.xml", data))
                self.assertIn("F33.xml: ", self.messages(bill))
                self.assertIn(TEXTS[kind], self.messages(bill))
                self.assertEqual(len(bill.activity_ids), 1)

    def test_a_print_is_for_people(self):
        for kind in ("pdf", "picture", "office"):
            for data in foreign_files.OTHERS[kind]:
                with self.subTest(kind=kind, data=data[:10]):
                    bill = self.mail((f"F33.{kind}", data))
                    self.assertFalse(bill.activity_ids)
                    self.assertNotIn(TEXTS[kind], self.messages(bill))

    def test_a_mail_without_a_file_of_use_calls_somebody(self):
        self.assertFalse(self.mail(), "Odoo sends such a mail back")
        bill = self.mail(("firma.html", b"<html>hola</html>"), ("sello.bin", b"\0\1\2"))
        self.assertIn("brought no file", bill.activity_ids.note)

    def test_an_xml_beside_an_archive_makes_its_bill(self):
        _move, xml = self.issued()
        bill = self.mail(("resto.rar", foreign_files.ARCHIVES["RAR"]), ("F33", xml))
        self.assertEqual(len(bill), 1)
        self.assertEqual(bill.l10n_cl_received_ids.state, "new")
        self.assertIn("resto.rar: archives of this kind", self.messages(bill))
        self.assertTrue(bill.activity_ids)

    def test_a_mail_forwarded_as_a_file_is_opened(self):
        rar = mails.part(foreign_files.ARCHIVES["RAR"], "a/b", '; filename="x.rar"')
        for name, kind in (("reenviado.eml", "application/octet-stream"), ("", "message/rfc822")):
            with self.subTest(name=name):
                _move, xml = self.issued()
                inner = mails.mail(mails.TEXT, mails.part(xml), rar)
                inner = inner.replace(b"boundary=B", b"boundary=C").replace(b"--B", b"--C")
                how, file = ("base64", f'; filename="{name}"') if name else ("8bit", "")
                before = self.bills()
                raw = mails.mail(mails.TEXT, mails.part(inner, kind, file, how))
                raw = raw.replace(b"To: dte@c.example", b"To: compras@mail.example", 1)
                number = b"<%s@b.example>" % uuid.uuid4().hex.encode()
                raw = raw.replace(b"<1@b.example>", number, 1)
                self.gateway.message_process(None, raw)
                bill = self.bills() - before
                self.assertEqual(bill.l10n_cl_received_ids.state, "new")
                self.assertIn("x.rar: archives of this kind", self.messages(bill))

    def test_a_part_of_a_kind_that_nobody_knows(self):
        """Of which Python's reader, and so Odoo's gateway, makes an error that loses the mail."""
        for kind in ("font/ttf", "model/x", "chemical/x-pdb", "a/b", "x-world/x"):
            with self.subTest(kind=kind):
                _move, xml = self.issued()
                before = self.bills()
                strange = mails.part(b"\0\1", kind, '; filename="a.bin"')
                raw = mails.mail(mails.TEXT, strange, mails.part(xml))
                raw = raw.replace(b"dte@c.example", b"compras@mail.example")
                number = b"<%s@b.example>" % uuid.uuid4().hex.encode()
                self.gateway.message_process(None, raw.replace(b"<1@b.example>", number))
                self.assertEqual((self.bills() - before).l10n_cl_received_ids.state, "new")

    def test_an_answer_to_us_is_no_bill(self):
        for xml in (b"<RespuestaDTE/>", b"<RESULTADO_ENVIO/>", b"<a/>", b"<DTE", b"hola"):
            with self.subTest(xml=xml):
                bill = self.mail(("F.xml", xml))
                self.assertIn("F.xml", self.messages(bill))
                self.assertEqual(len(bill.activity_ids), 1)

    def test_mailed_to_the_mailbox(self):
        for kind, data in UNREAD:
            for name in ("F33", "F33.xml"):
                with self.subTest(kind=kind, name=name):
                    before = self.mailbox.message_ids
                    self.mail((name, data), to=b"casilla")
                    text = self.messages(self.mailbox.message_ids - before)
                    self.assertIn(f"{name}: {TEXTS[kind]}", text)
                    self.assertEqual(text.count(name), 1, text)
        for kind, data in FILES:
            if kind in foreign_files.ARCHIVES:
                continue
            with self.subTest(kind=kind):
                before = self.mailbox.message_ids
                self.mail((f"F33.{kind}", data), to=b"casilla")
                self.assertNotIn(TEXTS[kind], self.messages(self.mailbox.message_ids - before))
                self.mail(("F33.xml", data), to=b"casilla")
                self.assertIn(TEXTS[kind], self.messages(self.mailbox.message_ids - before))

    def test_dropped_on_the_list(self):
        for kind, data in UNREAD:
            with self.subTest(kind=kind):
                bill = self.drop("F33", data)
                self.assertIn(f"F33: {TEXTS[kind]}", self.messages(bill))
                self.assertFalse(bill.activity_ids)
        for kind, data in FILES:
            with self.subTest(kind=kind, data=data[:10]):
                self.assertIn(TEXTS[kind], self.messages(self.drop("F33.xml", data)))

    def test_loaded_by_the_wizard(self):
        for kind, data in FILES:
            with self.subTest(kind=kind, data=data[:10]):
                with self.assertRaises(UserError) as caught:
                    self.load(("F33.xml", data))
                self.assertIn(TEXTS[kind], str(caught.exception))
                self.assertEqual(str(caught.exception).count("F33.xml"), 1)

    def test_big_ones_are_refused_at_once(self):
        for kind, data in (("RAR", b"Rar!\x1a\x07\x01\0"), ("pdf", b"%PDF-1.4")):
            with self.subTest(kind=kind):
                with self.assertRaisesRegex(UserError, TEXTS[kind]):
                    self.load(("F33.xml", data + bytes(2_000_000)))
                self.assertIn(
                    TEXTS[kind], self.messages(self.drop("F33.xml", data + bytes(2_000_000)))
                )

    def test_by_rpc(self):
        for kind, data in UNREAD:
            with self.subTest(kind=kind):
                wizard = self.env["l10n_cl.receive"].with_company(self.buyer)
                file = Command.create({"name": "F", "datas": base64.b64encode(data).decode()})
                wizard = wizard.create({"attachment_ids": [file]})
                with self.assertRaisesRegex(UserError, TEXTS[kind]):
                    wizard.action_load()

    def test_a_zip_in_a_zip_is_opened_by_every_entrance(self):
        for door in (
            lambda data: self.load(("x.zip", data)),
            lambda data: self.drop("x.zip", data).l10n_cl_received_ids,
            lambda data: self.mail(("x.zip", data)).l10n_cl_received_ids,
            lambda data: self.mail(("x", data)).l10n_cl_received_ids,
            lambda data: self.mail(("x", data), to=b"casilla") or self.kept()[:1],
        ):
            _move, xml = self.issued()
            before = self.kept()
            door(zipped(**{"d.zip": zipped(F=xml)}))
            self.assertEqual(len(self.kept() - before), 1)

    def kept(self):
        return self.received.search([("company_id", "=", self.buyer.id)], order="id desc")

    def test_a_zip_is_named_once(self):
        data = zipped(**{"F.pdf": b"%PDF-1.4"})
        before = self.mailbox.message_ids
        self.mail(("x.zip", data), to=b"casilla")
        text = self.messages(self.mailbox.message_ids - before)
        self.assertEqual(text.count("x.zip"), 1, text)
        self.assertIn("x.zip: The zip file holds no XML file.", text)
        text = self.messages(self.drop("x.zip", data))
        self.assertEqual(text.count("x.zip"), 1, text)
        deep = zipped(**{"a.zip": zipped(**{"b.zip": zipped(**{"c.xml": b"<a/>"})})})
        with self.assertRaisesRegex(UserError, "a.zip/b.zip: It is a zip in a zip in a zip"):
            self.load(("x.zip", deep))

    def test_other_roots_are_named(self):
        for data, sentence in (
            (b"<DTE/>", "The document in the file lacks Documento"),
            (b"<Documento/>", "without the DTE and the signature around it"),
            (b"<EnvioDTE/>", "EnvioDTE. holds no document"),
            (b"<SetDTE/>", "SetDTE. holds no document"),
            (b"<RespuestaDTE/>", "an answer to documents of ours"),
            (b"<EnvioRecibos/>", "an answer to documents of ours"),
            (b"<RESULTADO_ENVIO/>", "a result of the SII"),
            (b"<AUTORIZACION/>", "holds folios"),
            (b"<AEC/>", "cession"),
            (b"<LibroCompraVenta/>", "a report to the SII"),
            (b"<Invoice/>", "no tax document"),
        ):
            with self.subTest(data=data):
                with self.assertRaisesRegex(UserError, f"^F.xml: .*{sentence}"):
                    self.load(("F.xml", data))
                text = self.messages(self.drop("F.xml", data))
                self.assertRegex(text, f"F.xml.*{sentence}")
