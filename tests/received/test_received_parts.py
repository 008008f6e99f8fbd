"""Each part of a mail, each file of a zip, each document of a file stands alone; big files wait."""

import base64
import io
import re
import zipfile
from email.message import EmailMessage

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .received_case import ReceivedCase

BAD = {
    "other.xml": b"<a/>",
    "broken.xml": b"<DTE><Documento>",
    "relative.xml": b'<DTE xmlns:q="u"><q:Documento/></DTE>',
    "empty.xml": b"",
    "binary.xml": bytes(range(256)),
    "\ud800.xml".encode("utf-8", "surrogatepass").decode("latin-1"): b"<DTE/>",
}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedParts(ReceivedCase):
    def setUp(self):
        super().setUp()
        domain = self.env["mail.alias.domain"].create({"name": "mail.example"})
        self.buyer.alias_domain_id = domain
        self.mailbox = self.buyer_issuer.sudo()
        self.mailbox.write({"alias_name": "casilla", "alias_domain_id": domain.id})

    def zipped(self, files):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return packed.getvalue()

    def mail_in(self, files, **headers):
        message = EmailMessage()
        message["From"] = '"Pérez, Juan" <juan@proveedor.example>'
        message["To"] = "casilla@mail.example"
        message["Subject"] = headers.get("subject", "Factura")
        message["Message-Id"] = headers.get("id", "<1@proveedor.example>")
        message.set_content("Adjunto")
        for name, file in files.items():
            message.add_attachment(file, maintype="application", subtype="xml", filename=name)
        self.process(message.as_bytes())

    def process(self, raw):
        self.env["mail.thread"].message_process("res.partner", raw)

    def messages(self):
        return "\n".join(self.mailbox.message_ids.mapped(lambda each: each.body or ""))

    def kept(self):
        return self.received.search([("company_id", "=", self.buyer.id)])

    def read_heavy(self):
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_read_heavy").method_direct_trigger()

    def test_a_good_file_of_a_mail_is_kept_among_bad_ones(self):
        _move, xml = self.issued()
        self.mail_in({**BAD, "buena.xml": xml, "mala.zip": b"PK\x03\x04nada"})
        self.assertEqual(len(self.kept()), 1)
        for name in ("broken.xml", "mala.zip", "other.xml"):
            self.assertIn(name, self.messages())

    def test_a_good_file_of_a_zip_is_kept_among_bad_ones(self):
        _move, xml = self.issued()
        packed = self.zipped({**BAD, "buena.xml": xml})
        documents, refused = self.received._receive_with_refusals(packed, "todo.zip", self.buyer)
        self.assertEqual(len(documents), 1)
        for name in ("broken.xml", "relative.xml", "empty.xml"):
            self.assertTrue([text for text in refused if text.startswith(name)], refused)

    def test_an_unforeseen_error_is_reported_and_the_rest_is_kept(self):
        """The database itself refuses one of them."""
        moves = self.post() + self.post()
        self.run_crons("cron_send", "cron_poll")
        folio = moves[0].l10n_cl_dte_id.folio
        self.env.cr.execute(
            """CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE 'not this one'; END $$;
               CREATE TRIGGER refuse BEFORE INSERT ON l10n_cl_received_dte FOR EACH ROW
                      WHEN (NEW.folio = %s) EXECUTE FUNCTION pg_temp.refuse()""",
            [folio],
        )
        files = {f"{move.id}.xml": move.l10n_cl_dte_id._xml_bytes() for move in moves}
        with self.assertLogs("odoo.addons.l10n_cl_sii", "ERROR"):
            self.mail_in({"todo.zip": self.zipped(files)})
        self.assertEqual(self.kept().folio, moves[1].l10n_cl_dte_id.folio)
        self.assertIn(f"folio {folio}", self.messages())
        self.assertIn("tell who runs this server", self.messages())

    def test_a_mail_that_cannot_be_read_is_kept_whole(self):
        for number, raw in enumerate(
            (
                b"To: casilla@mail.example\r\nFrom: a@b.example\r\nMessage-Id: <%d@x>\r\n"
                b"Subject: =?utf-8?q?a=00b?=\r\n\r\nhola",
                b"To: casilla@mail.example\r\nFrom: a@b.example\r\nMessage-Id: <%d@x>\r\n"
                b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
                b'Content-Disposition: attachment; filename="a\x00.xml"\r\n\r\n<a/>\r\n--x--',
                b"To: casilla@mail.example\r\nFrom: a@b.example\r\nMessage-Id: <%d@x>\r\n"
                b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
            )
        ):
            with self.subTest(number=number):
                before = len(self.mailbox.message_ids)
                self.process(raw.replace(b"%d", str(number).encode()))
                self.env.flush_all()
                self.assertGreater(len(self.mailbox.message_ids), before)

    def test_a_mail_beyond_bounds_is_kept_whole(self):
        for number, header in enumerate(
            (b"Cc: " + b"(" * 50_000, b"Cc: " + b'"a" <b@c.example>, ' * 5_000)
        ):
            with self.subTest(number=number):
                before = len(self.mailbox.message_ids)
                own = b"To: casilla@mail.example\nFrom: a@b.example\nMessage-Id: <b%d@x>\n" % number
                self.process(own + header + b"\nSubject: x\n\nhola")
                self.assertGreater(len(self.mailbox.message_ids), before)

    def test_a_mail_without_headers_is_no_mail_of_ours(self):
        brackets = b"To: b@c.example\nCc: " + b"(" * 50_000 + b"\n\n"
        self.assertFalse(self.env["mail.thread"]._l10n_cl_mailbox_of(None, brackets))
        self.assertFalse(self.env["mail.thread"]._l10n_cl_mailbox_of(None, b""))
        self.assertFalse(self.env["mail.thread"]._l10n_cl_mailbox_of(None, b"\xff" * 1000))
        other = b"To: casilla-otra@mail.example\r\n\r\n"
        self.assertFalse(self.env["mail.thread"]._l10n_cl_mailbox_of(None, other))
        quoted = b'Cc: "Perez, Juan" <x@y.example>, Casilla <CASILLA@mail.example>\r\n\r\n'
        self.assertEqual(self.env["mail.thread"]._l10n_cl_mailbox_of(None, quoted), self.mailbox)

    def test_the_documents_alone_for_who_reads_no_sentences(self):
        _move, xml = self.issued()
        packed = self.zipped({"buena.xml": xml, **BAD})
        documents = self.received._receive(packed, "todo.zip", self.buyer)
        self.assertEqual(documents, self.kept())
        self.assertEqual(len(documents), 1)
        with self.assertRaises(UserError):
            self.received._receive(b"<a/>", "a.xml", self.buyer)

    def test_names_with_a_prefix(self):
        """What went to the SII, whose names have none, is kept and verified."""
        _move, xml = self.issued()
        text = re.sub(r"<(/?)(\w)", r"<\1ns0:\2", xml.decode("latin-1"))
        text = text.replace('xmlns="http://www.sii', 'xmlns:ns0="http://www.sii')
        text = re.sub(' xmlns="http://www.w3.org/2000/09/xmldsig#"', "", text)
        document = self.received._receive(text.encode("latin-1"), "a.xml", self.buyer)
        self.run_crons("cron_verify_received")
        self.assertEqual((document.state, document.problems or ""), ("verified", ""))
        self.assertNotIn(b"ns0:", document._xml_bytes())
        self.assertEqual(document.bill_id.amount_total, document.amount_total)

    def test_no_documents_of_the_sii(self):
        _move, xml = self.issued()
        for old, new, text in (
            (b"<TipoDTE>33<", b"<TipoDTE>999<", "no electronic document of this type"),
            (b"<Folio>", b"<Folio>-", "Folio"),
            (b"<FchEmis>20", b"<FchEmis>00", "dated|FchEmis"),
            (b"<FchEmis>20", b"<FchEmis>99", "dated|FchEmis"),
        ):
            with self.subTest(new=new), self.assertRaisesRegex(UserError, text):
                self.received._receive_with_refusals(xml.replace(old, new), "f.xml", self.buyer)
        self.assertFalse(self.kept())

    def test_a_big_file_is_read_in_the_background(self):
        _move, xml = self.issued()
        big = xml + b" " * 1_000_000
        wizard = self.env["l10n_cl.receive"].with_company(self.buyer)
        files = [Command.create({"name": "grande.xml", "raw": big})]
        action = wizard.create({"attachment_ids": files}).action_load()
        self.assertIn("is being read", action["params"]["message"])
        heavy = self.env["l10n_cl.received.heavy"].search([("company_id", "=", self.buyer.id)])
        self.assertEqual((heavy.state, heavy.name), ("waiting", "grande.xml"))
        self.assertFalse(self.kept())
        self.read_heavy()
        self.assertEqual((heavy.state, heavy.kept, heavy.refused), ("done", 1, 0))
        self.assertEqual(len(self.kept()), 1)
        self.assertIn("grande.xml is read: 1 documents kept, 0 refused", self.messages())

    def test_many_small_documents_are_big_too(self):
        _move, xml = self.issued()
        files = {f"{number}.xml": b"<DTE></DTE>" for number in range(51)}
        files["buena.xml"] = xml
        self.mail_in({"muchas.zip": self.zipped(files)})
        self.assertIn("is being read", self.messages())
        heavy = self.env["l10n_cl.received.heavy"].search([("company_id", "=", self.buyer.id)])
        self.read_heavy()
        self.assertEqual((heavy.state, heavy.kept, heavy.refused), ("done", 1, 51))
        self.assertIn("0.xml: ", heavy.text)
        self.assertEqual(heavy.sender, '"Pérez, Juan" <juan@proveedor.example>')

    def test_reading_goes_on_where_it_was_left(self):
        _move, xml = self.issued()
        packed = self.zipped({"a.xml": b"<DTE></DTE>", "b.xml": xml})
        heavy = self.env["l10n_cl.received.heavy"]._keep(packed, "dos.zip", self.buyer)
        heavy.position = 1
        self.read_heavy()
        self.assertEqual((heavy.position, heavy.kept, heavy.refused), (2, 1, 0))

    def test_a_document_at_which_workers_die_is_passed_over(self):
        _move, xml = self.issued()
        packed = self.zipped({"a.xml": b"<DTE></DTE>", "b.xml": xml})
        heavy = self.env["l10n_cl.received.heavy"]._keep(packed, "dos.zip", self.buyer)
        heavy.attempts = 3
        self.read_heavy()
        self.assertEqual((heavy.state, heavy.position, heavy.kept), ("done", 2, 1))
        self.assertIn("Document 1 could not be read", heavy.text)

    def test_each_of_many_loaded_files_is_reported(self):
        """Files of another company, and files that are none, stop nothing."""
        _move, xml = self.issued()
        other = re.sub(rb"<RUTRecep>[^<]*", b"<RUTRecep>60803000-K", xml)
        files = [("otra.xml", other), ("buena.xml", xml)]
        files += [(f"mala{each}.xml", b"<DTE>") for each in range(30)]
        wizard = self.env["l10n_cl.receive"].with_company(self.buyer)
        rows = [Command.create({"name": name, "raw": data}) for name, data in files]
        action = wizard.create({"attachment_ids": rows}).action_load()
        self.assertEqual(len(self.kept()), 1)
        message = action["params"]["message"]
        self.assertIn("addressed to RUT 60803000-K", message)
        for name, _data in files[2:]:
            self.assertIn(name, message)

    def test_a_file_encoded_twice(self):
        _move, xml = self.issued()
        kept, refused = self.received._receive_with_refusals(
            base64.b64encode(xml), "a.xml", self.buyer
        )
        self.assertEqual((len(kept), refused, kept.state), (1, [], "new"))
