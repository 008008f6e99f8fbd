"""The customer's mail: by itself, once, through a mail server that may be down (PROTOCOL 8.1)."""

import base64

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ...models.delivery.send import PAUSES
from .mail_case import MailCase


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMail(MailCase):
    def accepted(self, **values):
        move = self.post(**values)
        self.run_crons()
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        return move

    def test_the_customer_gets_pdf_and_xml_once_the_sii_accepted(self):
        move = self.post()
        self.deliver()
        self.assertFalse(self.mail_server.mails)
        self.run_crons()
        self.assertEqual(self.delivery(move).state, "to_send")
        self.deliver()
        self.assertEqual(self.delivery(move).state, "sent")
        [mail] = self.mails_to("compras@penalolen.example")
        folio = move.l10n_cl_dte_id.folio
        self.assertEqual(mail["Subject"], f"Factura Electrónica N° {folio} - {self.company.name}")
        files = self.files(mail)
        self.assertEqual(len(files), 2)
        xml = files[move.l10n_cl_dte_id.xml_name]
        self.assertEqual(xml, base64.b64decode(move.l10n_cl_dte_id.xml))
        self.assertEqual(len([name for name in files if name.endswith(".pdf")]), 1)
        self.deliver()
        self.run_crons()
        self.assertEqual(len(self.mails_to("compras@penalolen.example")), 1)

    def test_in_spanish(self):
        self.env["res.lang"]._activate_lang("es_CL")
        modules = ["account", "l10n_cl", "l10n_cl_sii", "mail"]
        self.env["ir.module.module"]._load_module_terms(modules, ["es_CL"])
        self.customer.lang = "es_CL"
        move = self.accepted()
        self.deliver()
        [mail] = self.mails_to("compras@penalolen.example")
        body = mail.get_body(("html",)).get_content()
        self.assertIn("Adjuntamos su", body)
        self.assertIn(move.l10n_cl_dte_id.public_token, body)

    def test_customers_without_address_are_seen(self):
        self.customer.email = False
        move = self.accepted()
        delivery = self.delivery(move)
        self.assertEqual(delivery.state, "none")
        self.assertIn("no e-mail address", delivery.failure)
        self.customer.email = "nuevo@penalolen.example"
        delivery.action_retry()
        self.deliver()
        self.assertEqual(delivery.state, "sent")
        self.assertEqual(len(self.mails_to("nuevo@penalolen.example")), 1)

    def test_an_invalid_address_fails_at_once(self):
        self.customer.email = "compras en penalolen"
        move = self.accepted()
        self.deliver()
        self.assertEqual(self.delivery(move).state, "failed")
        self.assertIn("is no e-mail address", self.delivery(move).failure)
        self.assertTrue(self.activities(move))

    def activities(self, move):
        kind = self.env.ref("l10n_cl_sii.activity_delivery")
        return move.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    def test_a_mail_server_that_is_down_is_waited_for(self):
        move = self.accepted()
        self.take_mail_server_down()
        pauses = []
        for _try in PAUSES:
            self.deliver()
            delivery = self.delivery(move)
            self.assertEqual(delivery.state, "to_send")
            self.assertTrue(delivery.failure)
            pauses.append(delivery.next_attempt_at - fields.Datetime.now())
        self.assertEqual(pauses, sorted(pauses), "ever longer")
        self.assertFalse(self.activities(move))
        self.deliver()
        self.assertEqual(delivery.state, "failed")
        self.assertEqual(len(self.activities(move)), 1)
        texts = " ".join(move.l10n_cl_dte_id.event_ids.mapped("text"))
        self.assertIn("tries failed", texts)

    def test_back_again_it_takes_the_mail_once(self):
        move = self.accepted()
        server = self.server_record
        server.smtp_port, port = 1, server.smtp_port
        self.deliver()
        self.assertEqual(self.delivery(move).state, "to_send")
        server.smtp_port = port
        self.deliver()
        self.assertEqual(self.delivery(move).state, "sent")
        self.assertEqual(len(self.mails_to("compras@penalolen.example")), 1)
        self.assertFalse(self.delivery(move).failure)

    def test_nothing_is_tried_before_its_time(self):
        move = self.accepted()
        self.server_record.smtp_port = 1
        self.deliver()
        delivery = self.delivery(move)
        tries = delivery.attempts
        with self.enter_registry_test_mode(), freeze_time(fields.Datetime.now()):
            self.env.ref("l10n_cl_sii.cron_deliver").method_direct_trigger()
        self.assertEqual(delivery.attempts, tries)

    def test_a_returned_mail_is_reported_and_sent_again(self):
        move = self.accepted()
        self.deliver()
        [mail] = self.mails_to("compras@penalolen.example")
        bounce = (
            "From: MAILER-DAEMON@penalolen.example\nTo: ventas@nandu.example\n"
            "Subject: Undelivered Mail Returned to Sender\nMessage-Id: <back@penalolen.example>\n"
            f"References: {mail['Message-Id']}\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nUser unknown\n"
            "--b\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; penalolen.example\n\n"
            "Final-Recipient: rfc822; compras@penalolen.example\nAction: failed\nStatus: 5.1.1\n"
            "--b\nContent-Type: message/rfc822\n\n"
            f"Message-Id: {mail['Message-Id']}\nTo: compras@penalolen.example\n\nx\n--b--\n"
        )
        self.env["mail.thread"].message_process("account.move", bounce)
        delivery = self.delivery(move)
        self.assertEqual(delivery.state, "failed")
        self.assertIn("came back from compras@penalolen.example", delivery.failure)
        self.assertTrue(self.activities(move))
        self.customer.email = "facturas@penalolen.example"
        delivery.action_retry()
        self.deliver()
        self.assertEqual(delivery.state, "sent")
        self.assertFalse(self.activities(move))
        self.assertEqual(len(self.mails_to("facturas@penalolen.example")), 1)

    def test_a_rejected_invoice_is_mailed_corrected_only(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.run_crons()
        self.deliver()
        self.assertEqual(move.l10n_cl_dte_state, "rejected")
        self.assertFalse(self.mail_server.mails)
        move.button_draft()
        move.invoice_line_ids.price_unit = 2000
        move.action_post()
        self.run_crons()
        self.deliver()
        self.assertEqual(len(self.mails_to("compras@penalolen.example")), 1)

    def test_certification_mails_nothing_by_itself(self):
        fresh = self.env["l10n_cl.issuer"].new({"environment": "certification"})
        self.assertFalse(fresh.mail_auto or fresh.exchange_auto)
        fresh.environment = "production"
        self.assertTrue(fresh.mail_auto and fresh.exchange_auto)
        self.issuer.sudo().mail_auto = False
        self.accepted()
        self.deliver()
        self.assertFalse(self.mail_server.mails)

    def test_what_somebody_sent_is_not_sent_again(self):
        move = self.post()
        wizard = self.env["account.move.send.wizard"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        with self.allow_pdf_render():
            wizard.create({"subject": "Su compra"}).action_send_and_print()
        self.assertEqual(self.delivery(move).state, "waiting")
        self.run_crons()
        self.deliver()
        [mail] = self.mails_to("compras@penalolen.example")
        self.assertEqual(mail["Subject"], "Su compra")

    def test_an_interrupted_sending_is_not_repeated_blindly(self):
        move = self.accepted()
        delivery = self.delivery(move).sudo()
        delivery._move_to("sending")
        self.deliver()
        self.assertEqual(delivery.state, "sending", "its worker may be about to hold it")
        self.hours_pass()
        self.deliver()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("may have gone out", delivery.failure)
        self.assertFalse(self.mail_server.mails)
