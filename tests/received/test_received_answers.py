"""The signed answers that a supplier gets by mail (PROTOCOL 8.2, 8.3), and mails that arrive."""

from email.message import EmailMessage

from odoo import SUPERUSER_ID
from odoo.tests import tagged

from ...sii.exchange.our_answers import DECLARATION_19983
from ...sii.received import verification
from ..delivery.mail_case import MailCase
from .received_case import ReceivedCase

MAILBOX = "dte@nandu.example"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReceivedAnswers(ReceivedCase, MailCase):
    mailed = 0

    def setUp(self):
        super().setUp()
        self.issuer.sudo().mail_auto = False
        self.buyer.email = "compras@penalolen.example"

    def answered(self, choice):
        document = self.receive()
        document.partner_id.l10n_cl_exchange_mailbox = MAILBOX
        document.delivery_ids.action_retry()
        wizard = self.env["l10n_cl.claim.documents"].create(
            {"document_ids": document.ids, "choice": choice}
        )
        wizard.action_send()
        with self.enter_registry_test_mode():
            self.env.ref("l10n_cl_sii.cron_claim").method_direct_trigger()
        self.deliver()
        return document

    def answers(self):
        """What the supplier's mailbox holds: kind -> XML."""
        found = {}
        for mail in self.mails_to(MAILBOX):
            for name, content in self.files(mail).items():
                verification.verify(content)
                found[name.partition("_")[0]] = content.decode("iso-8859-1")
        return found

    def test_accepted_with_goods(self):
        document = self.answered("both")
        self.assertEqual(set(document.delivery_ids.mapped("state")), {"sent"})
        answers = self.answers()
        self.assertEqual(set(answers), {"reception", "result", "receipts"})
        self.assertIn("<EstadoRecepDTE>0</EstadoRecepDTE>", answers["reception"])
        self.assertIn("<EstadoDTE>0</EstadoDTE>", answers["result"])
        self.assertIn(DECLARATION_19983, answers["receipts"])
        for xml in answers.values():
            self.assertIn("<RutRecibe>76354771-K</RutRecibe>", xml)
            self.assertIn(f"<Folio>{document.folio}</Folio>", xml)
        self.deliver()
        self.assertEqual(len(self.mails_to(MAILBOX)), 3)

    def test_claimed(self):
        self.answered("RCD")
        answers = self.answers()
        self.assertEqual(set(answers), {"reception", "result"})
        self.assertIn("<EstadoDTE>2</EstadoDTE>", answers["result"])

    def test_without_a_mailbox_it_is_seen(self):
        document = self.receive()
        self.assertEqual(document.delivery_ids.state, "none")
        self.deliver()
        self.assertFalse(self.mail_server.mails)

    def mail(self, to, *files):
        """A mail arrives as a server hands it over."""
        message = EmailMessage()
        message["From"], message["To"] = MAILBOX, to
        self.mailed += 1
        message["Subject"] = "Envio de DTE"
        message["Message-Id"] = f"<{self.mailed}@nandu.example>"
        message.set_content("Se adjunta.")
        for name, file in files:
            message.add_attachment(file, maintype="application", subtype="xml", filename=name)
        gateway = self.env["mail.thread"].with_user(SUPERUSER_ID)
        gateway.message_process("res.partner", message.as_bytes())

    def alias(self):
        domain = self.env["mail.alias.domain"].create({"name": "penalolen.example"})
        self.buyer.alias_domain_id = domain
        self.buyer_issuer.alias_name = "dte"
        self.buyer_issuer.alias_domain_id = domain
        return "dte@penalolen.example"

    def test_the_supplier_sees_them_on_its_invoice(self):
        document = self.answered("both")
        domain = self.env["mail.alias.domain"].create({"name": "nandu.example"})
        self.company.alias_domain_id = domain
        self.issuer.sudo().write({"alias_name": "dte", "alias_domain_id": domain.id})
        move = self.env["l10n_cl.dte"].search([("folio", "=", document.folio)], limit=1).move_id
        answers = self.answers()
        altered = answers["result"].replace("<EstadoDTE>0<", "<EstadoDTE>2<")
        self.mail(MAILBOX, ("altered.xml", altered.encode("iso-8859-1")))
        self.assertFalse(move.l10n_cl_claim_event_ids)
        self.assertIn("not well signed", "".join(self.issuer.message_ids.mapped("body")))
        files = [(f"{kind}.xml", xml.encode("iso-8859-1")) for kind, xml in answers.items()]
        self.mail(MAILBOX, *files)
        self.mail(MAILBOX, *files)
        events = move.l10n_cl_claim_event_ids
        self.assertEqual(set(events.mapped("code")), {"RecepcionDTE 0", "ResultadoDTE 0", "Recibo"})
        self.assertEqual(set(events.mapped("responsible_rut")), {document.receiver_rut})
        bodies = [body for body in move.message_ids.mapped("body") if "Customer:" in body]
        self.assertEqual(len(bodies), 3)
        # the answers of this customer about what somebody else got
        move.l10n_cl_dte_id.sudo().receiver_rut = "60803000-K"
        self.mail(MAILBOX, files[0])
        self.assertIn("not issued to who answers", "".join(self.issuer.message_ids.mapped("body")))

    def test_a_manager_is_called_about_a_mailed_forgery(self):
        _move, xml = self.issued()
        self.mail(self.alias(), ("envio.xml", xml.replace(b"<MntTotal>", b"<MntTotal>1")))
        document = self.received.search([("company_id", "=", self.buyer.id)])
        self.assertEqual((document.state, document.create_uid.id), ("suspect", SUPERUSER_ID))
        self.assertIn(document.activity_ids.user_id, self.buyer_issuer._managers())

    def test_the_mailbox_and_an_upload_give_one_document(self):
        move, xml = self.issued()
        self.mail(self.alias(), ("envio.xml", xml), ("roto.xml", b"<DTE><Documento>"))
        document = self.received.search([("folio", "=", move.l10n_cl_dte_id.folio)])
        self.assertEqual(document.company_id, self.buyer)
        self.assertIn(MAILBOX, document.sender)
        messages = "".join(self.buyer_issuer.message_ids.mapped("body"))
        self.assertIn("no complete XML", messages)
        self.assertEqual(self.load(("mismo.xml", xml)), document)
        self.ask_sii()
        self.deliver()
        self.assertEqual(set(self.answers()), {"reception"})
