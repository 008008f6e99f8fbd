"""A supplier's XML by every entrance of Odoo makes the bill of its document, or reports why not."""

import uuid

from odoo.tests import tagged

from ...sii.tests.support import mails
from .received_case import ReceivedCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedEntrances(ReceivedCase):
    def setUp(self):
        super().setUp()
        domain = self.env["mail.alias.domain"].create({"name": "mail.example"})
        (self.buyer + self.company).alias_domain_id = domain
        self.journal = self.env["account.journal"].search(
            [("company_id", "=", self.buyer.id), ("type", "=", "purchase")], limit=1
        )
        self.journal.write({"alias_name": "compras", "alias_id": self.journal.alias_id.id})

    def bills(self):
        return self.env["account.move"].search(
            [("journal_id", "=", self.journal.id), ("move_type", "in", ("in_invoice", "entry"))]
        )

    def mail(self, *parts, to=b"compras@mail.example"):
        """The bills that a mail to the journal's address makes."""
        before = self.bills()
        raw = mails.mail(*parts).replace(b"dte@c.example", to)
        number = b"Message-Id: <%s@b.example>" % uuid.uuid4().hex.encode()
        raw = raw.replace(b"Message-Id: <1@b.example>", number)
        self.env["mail.thread"].message_process(None, raw)
        return self.bills() - before

    def messages(self, bill):
        return "".join(bill.message_ids.mapped(lambda each: each.body or ""))

    def assert_filled(self, bill, move):
        self.assertEqual(len(bill), 1)
        self.assertEqual(bill.l10n_cl_received_ids.state, "new")
        self.assertIn("is being asked", bill.l10n_cl_received_warning)
        self.ask_sii()
        self.assertEqual(bill.l10n_cl_received_ids.state, "verified")
        self.assertEqual(bill.amount_total, move.amount_total)
        self.assertEqual(bill.l10n_latam_document_number, f"{move.l10n_cl_dte_id.folio:06d}")

    def test_mailed_to_the_journal(self):
        for kind, name in (
            ("application/xml", '; filename="F.xml"'),
            ("text/xml", '; filename="F.xml"'),
            ("text/xml", ""),
            ("application/octet-stream", '; filename="F.XML"'),
        ):
            with self.subTest(kind=kind, name=name):
                move, xml = self.issued()
                self.assert_filled(self.mail(mails.part(xml, kind, name)), move)

    def test_with_the_print_beside(self):
        move, xml = self.issued()
        pdf = mails.part(b"%PDF-1.4\n%%EOF", "application/pdf", '; filename="F.pdf"')
        bill = self.mail(pdf, mails.part(xml, "application/xml", '; filename="F.xml"'))
        self.assert_filled(bill, move)
        self.assertIn("F.xml", bill.attachment_ids.mapped("name"))

    def test_two_of_one_mail_are_two_bills(self):
        (one, first), (two, second) = self.issued(), self.issued()
        bills = self.mail(
            mails.part(first, "application/xml", '; filename="1.xml"'),
            mails.part(second, "application/xml", '; filename="2.xml"'),
        )
        self.ask_sii()
        self.assertEqual(
            sorted(bills.mapped("l10n_latam_document_number")),
            sorted(f"{move.l10n_cl_dte_id.folio:06d}" for move in one + two),
        )

    def test_the_reason_is_given(self):
        move, xml = self.issued()
        other = xml.replace(b"<MntTotal>1190<", b"<MntTotal>1191<")
        bill = self.mail(mails.part(other, "application/xml", '; filename="F.xml"'))
        self.assertIn("F.xml", self.messages(bill))
        self.assertFalse(bill.l10n_cl_received_ids)
        [document] = self.load(("F.xml", xml))
        self.ask_sii()
        again = self.mail(mails.part(xml, "application/xml", '; filename="F.xml"'))
        self.assertIn(document.bill_id.display_name, self.messages(again))
        self.assertNotEqual(document.bill_id, again)

    def test_posted_by_a_person_on_an_empty_bill(self):
        move, xml = self.issued()
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "journal_id": self.journal.id}
        )
        file = self.env["ir.attachment"].create({"name": "F.xml", "raw": xml})
        bill.message_post(body="XML", message_type="comment", attachment_ids=file.ids)  # pylint: disable=translation-required
        self.assert_filled(bill, move)

    def test_uploaded_on_the_journals_card(self):
        move, xml = self.issued()
        file = self.env["ir.attachment"].create({"name": "F.xml", "raw": xml})
        before = self.bills()
        self.journal.create_document_from_attachment(file.ids)
        self.assert_filled(self.bills() - before, move)
