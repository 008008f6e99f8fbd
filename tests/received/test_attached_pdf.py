"""A PDF that a stranger mails to a journal: a hostile one is not opened, and a bill is made."""

import io
from email.message import EmailMessage

from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileWriter

from .received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAttachedPdf(ReceivedCase):
    def setUp(self):
        super().setUp()
        domain = self.env["mail.alias.domain"].create({"name": "mail.example"})
        self.buyer.alias_domain_id = domain
        self.journal = self.env["account.journal"].search(
            [("company_id", "=", self.buyer.id), ("type", "=", "purchase")], limit=1
        )
        self.journal.write({"alias_name": "facturas", "alias_domain_id": domain.id})

    def mailed(self, *files):
        """The bills that come of a mail to the journal."""
        message = EmailMessage()
        message["From"], message["To"] = "juan@proveedor.example", "facturas@mail.example"
        message["Subject"], message["Message-Id"] = "Factura", f"<{len(files)}.{id(files)}@x>"
        message.set_content("Adjunto")
        for number, file in enumerate(files):
            name = f"{number}.pdf"
            message.add_attachment(file, maintype="application", subtype="pdf", filename=name)
        before = self.env["account.move"].search([])
        self.env["mail.thread"].message_process("account.move", message.as_bytes())
        return self.env["account.move"].search([]) - before

    def pdf(self, name, data):
        writer = OdooPdfFileWriter()
        writer.addBlankPage(100, 100)
        writer.addAttachment(name, data)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    def unwrapped(self, *files):
        """Names of the files that are found in PDFs."""
        moves = self.env["account.move"]
        attachments = self.env["ir.attachment"].create(
            [{"name": f"{n}.pdf", "raw": each} for n, each in enumerate(files)]
        )
        found = moves._unwrap_attachments(moves._to_files_data(attachments))
        return [each["name"] for each in found]

    def circle(self):
        """A table of places that points before itself."""
        root = b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<<>>>>>>"
        objects = b"%PDF-1.7\n1 0 obj\n" + root + b"\nendobj\n"
        start = len(objects)
        return objects + (
            b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
            b"trailer\n<</Size 2/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, start)
        )

    def test_a_pdf_in_circles_is_a_bill_like_any(self):
        self.assertTrue(self.mailed(self.circle()))

    def test_files_are_taken_out_of_honest_ones_alone(self):
        honest = self.pdf("factura.xml", b"<Invoice/>")
        self.assertEqual(self.unwrapped(honest), ["factura.xml"])
        self.assertEqual(self.unwrapped(honest, self.circle(), honest), ["factura.xml"])
        self.assertEqual(self.unwrapped(self.pdf("a.pdf", honest)), ["a.pdf"])
        self.assertEqual(len(self.unwrapped(*[honest] * 12)), 10)
