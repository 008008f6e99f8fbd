"""Mails in every form in which programs and strangers write them: the documents in them count."""

import base64
import io
import uuid

from PIL import Image

from odoo.tests import tagged

from ...sii import clock
from ...sii.tests.support import mails
from .. import strangers
from ..common import CUSTOMER_RUT
from .received_case import ReceivedCase

_NUMBER = b"Message-Id: <1@b.example>"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedMails(ReceivedCase):
    def setUp(self):
        super().setUp()
        domain = self.env["mail.alias.domain"].create({"name": "mail.example"})
        companies = self.buyer + self.company
        companies.alias_domain_id = domain
        self.mailbox = self.buyer_issuer.sudo()
        self.mailbox.write({"alias_name": "casilla", "alias_domain_id": domain.id})

    def process(self, raw, to=b"casilla@mail.example"):
        number = b"Message-Id: <%s@b.example>" % uuid.uuid4().hex.encode()
        raw = raw.replace(b"dte@c.example", to).replace(_NUMBER, number)
        return self.env["mail.thread"].message_process(None, raw)

    def kept(self):
        return self.received.search([("company_id", "=", self.buyer.id)])

    def messages(self, record=None):
        return "\n".join((record or self.mailbox).message_ids.mapped(lambda each: each.body or ""))

    def test_every_form_gives_the_same_document(self):
        _move, xml = self.issued()
        forms = mails.forms(xml) | mails.strange_heads(xml)
        for name, raw in forms.items():
            with self.subTest(name=name):
                before = len(self.kept().event_ids)
                self.assertEqual(self.process(raw), self.mailbox.id)
                self.env.flush_all()
                # arrived, or arrived again: never as another file
                self.assertEqual(len(self.kept().event_ids), before + 1)
        document = self.kept()
        self.assertEqual((len(document), document.state), (1, "new"), document.problems)
        self.assertFalse(document.file_ids)
        self.assertEqual(document.issuer_name, self.company.name)
        self.assertNotIn("could not be read", self.messages())

    def test_answers_and_results_come_as_bytes_too(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        rejected = self.post()
        self.run_crons()
        result = self.sii.envelope_result(rejected.l10n_cl_sii_track_id)
        self.issuer.sudo().write(
            {"alias_name": "vendedor", "alias_domain_id": self.mailbox.alias_domain_id.id}
        )
        self.process(mails.mail(mails.part(result, "text/xml", "")), b"vendedor@mail.example")
        self.assertIn("HED-3-861", rejected.l10n_cl_reason_ids.mapped("code"))
        move, xml = self.issued()
        by = strangers.stranger("Señora Núñez")
        answer = strangers.answer(xml, by, clock.now(), CUSTOMER_RUT, sii=self.sii)
        text = mails.part(answer, "text/xml", '; filename="acuse"', "8bit")
        self.process(mails.mail(text), b"vendedor@mail.example")
        event = move.l10n_cl_dte_id.claim_event_ids
        self.assertEqual((event.code, event.unproven), ("ResultadoDTE 2", True))
        self.assertEqual(event.chain_verdict, "self_signed")

    def test_more_than_twenty_mails_of_a_supplier_are_read(self):
        """Odoo takes the 21st mail of a sender for an echo."""
        moves = self.post()
        for _each in range(24):
            moves += self.post()
        for number, move in enumerate(moves):
            xml = base64.b64decode(move.l10n_cl_dte_id.xml)
            self.process(mails.mail(mails.part(xml, name=f'; filename="{number}.xml"')))
        self.assertEqual(len(self.kept()), 25)

    def test_a_good_file_among_more_than_a_mail_has(self):
        moves = self.post() + self.post()
        good = [
            mails.part(base64.b64decode(move.l10n_cl_dte_id.xml), name=f'; filename="{at}.xml"')
            for at, move in enumerate(moves)
        ]
        bad = [mails.part(b"<DTE>", name=f'; filename="m{each}.xml"') for each in range(70)]
        images = [mails.part(b"x", "image/png", f'; filename="{n}.png"') for n in range(80)]
        self.process(mails.mail(*images, good[0], *bad, good[1]))
        self.assertEqual(len(self.kept()), 2)
        self.assertIn("30 others are in mail.eml only", self.messages())
        for name in ("m0.xml", "m69.xml"):
            self.assertIn(name, self.messages())

    def test_a_mail_beyond_bounds_is_kept_and_reported(self):
        deep = mails.HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"\r\n" * 5_000
        self.process(deep)
        self.assertIn("inside of each other as in no ordinary mail", self.messages())
        [mail] = self.mailbox.message_ids.attachment_ids
        self.assertEqual(mail.name, "mail.eml")
        self.assertIn(b"message/rfc822", mail.raw)
        self.assertTrue(self.mailbox.activity_ids)

    def test_pictures_stay_as_they_came(self):
        """To make a small file of many points smaller takes a second, and a mail has many."""
        packed = io.BytesIO()
        Image.new("1", (3000, 3000)).save(packed, "PNG")
        picture = mails.part(packed.getvalue(), "image/png", '; filename="a.png"')
        self.process(mails.mail(mails.TEXT, picture))
        [kept] = self.mailbox.message_ids.attachment_ids
        self.assertEqual(kept.raw, packed.getvalue())

    def test_archives_that_are_not_opened_are_reported(self):
        self.process(mails.mail(mails.part(b"Rar!", "a/b", '; filename="Factura.RAR"')))
        self.assertIn("Factura.RAR: archives of this kind are not opened", self.messages())

    def test_a_mail_to_a_journal_is_within_bounds(self):
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "purchase")], limit=1
        )
        journal.write({"alias_name": "compras", "alias_id": journal.alias_id.id})
        page = b"Content-Type: text/html\r\n\r\n" + b"<" * 30_000
        self.process(mails.mail(page), b"compras@mail.example")
        [bill] = self.env["account.move"].search(
            [("journal_id", "=", journal.id), ("move_type", "=", "in_invoice")]
        )
        self.assertIn("mensaje.html", bill.message_ids.attachment_ids.mapped("name"))
        deep = mails.HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"\r\n" * 5_000
        self.process(deep, b"compras@mail.example")
        self.assertIn("could not be read", self.messages(journal))
        self.assertIn("mail.eml", journal.message_ids.attachment_ids.mapped("name"))
