"""The second envelope: the signed document at the receiver's exchange mailbox (PROTOCOL 8.1)."""

import base64

from odoo.exceptions import AccessError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from ...sii.received import document as received
from .mail_case import MailCase

MAILBOX = "dte@penalolen.example"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestExchange(MailCase):
    def setUp(self):
        super().setUp()
        self.issuer.sudo().write({"mail_auto": False, "exchange_auto": True})
        self.customer.l10n_cl_exchange_mailbox = MAILBOX

    def test_the_receiver_gets_the_signed_bytes_in_an_envelope_of_its_own(self):
        move = self.post()
        self.run_crons("cron_send")
        self.assertFalse(self.delivery(move, "exchange"))
        self.run_crons("cron_poll")
        self.deliver()
        delivery = self.delivery(move, "exchange")
        self.assertEqual(delivery.state, "sent")
        [mail] = self.mails_to(MAILBOX)
        [(name, content)] = self.files(mail).items()
        self.assertTrue(name.endswith(".xml"))
        self.assertEqual(content, base64.b64decode(delivery.xml))
        self.assertIn(f"<RutReceptor>{self.customer.vat}</RutReceptor>".encode(), content)
        signed = base64.b64decode(move.l10n_cl_dte_id.xml)
        self.assertIn(signed[signed.index(b"<DTE") :].rstrip(), content, "the same bytes")
        [read] = received.read(content, self.issuer._caf_authorities())
        self.assertTrue(read.is_genuine)
        texts = move.l10n_cl_dte_id.event_ids.mapped("text")
        self.assertIn(f"Mailed to {MAILBOX}.", texts)
        self.deliver()
        self.assertEqual(len(self.mail_server.mails), 1)

    def test_a_receiver_without_mailbox_is_seen_and_served_later(self):
        self.customer.l10n_cl_exchange_mailbox = False
        move = self.post()
        self.run_crons()
        delivery = self.delivery(move, "exchange")
        self.assertEqual(delivery.state, "none")
        self.deliver()
        self.assertFalse(self.mail_server.mails)
        self.customer.l10n_cl_exchange_mailbox = MAILBOX
        delivery.action_retry()
        self.deliver()
        self.assertEqual(len(self.mails_to(MAILBOX)), 1)

    def test_a_mail_server_that_is_down_is_waited_for(self):
        move = self.post()
        self.run_crons()
        self.server_record.smtp_port, port = 1, self.server_record.smtp_port
        self.deliver()
        delivery = self.delivery(move, "exchange")
        self.assertEqual(delivery.state, "to_send")
        sealed = delivery.xml
        self.server_record.smtp_port = port
        self.deliver()
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(delivery.xml, sealed, "not sealed again")
        self.assertEqual(len(self.mails_to(MAILBOX)), 1)

    def test_a_neutralised_copy_mails_nothing(self):
        move = self.post()
        self.run_crons()
        self.env.flush_all()
        for query in get_neutralization_queries(["l10n_cl_sii"]):
            self.cr.execute(query)
        self.env.invalidate_all()
        self.deliver()
        self.assertEqual(self.delivery(move, "exchange").state, "dropped")
        self.assertFalse(self.issuer.exchange_auto)
        self.assertFalse(self.mail_server.mails)

    def test_rejected_documents_are_not_exchanged(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.run_crons()
        self.deliver()
        self.assertFalse(self.delivery(move, "exchange"))
        self.assertFalse(self.mail_server.mails)

    def test_a_clerk_who_may_not_emit_cannot_resend(self):
        self.customer.l10n_cl_exchange_mailbox = False
        move = self.post()
        self.run_crons()
        reader = self.env["res.users"].create(
            {
                "name": "Lectora",
                "login": "lectora",
                "group_ids": [(6, 0, self.env.ref("account.group_account_readonly").ids)],
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
            }
        )
        with self.assertRaisesRegex(AccessError, "Emitter"):
            self.delivery(move, "exchange").with_user(reader).action_retry()
