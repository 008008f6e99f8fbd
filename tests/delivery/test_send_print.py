"""Send & Print: the signed XML goes with the PDF, the mail waits for the SII, nothing is called."""

import base64

from odoo.exceptions import UserError

from ..common import SiiCase


class TestSendPrint(SiiCase):
    def setUp(self):
        super().setUp()
        self.customer.email = "compras@penalolen.example"

    def wizard(self, move, **values):
        wizard = self.env["account.move.send.wizard"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        return wizard.create(values)

    def send(self, move, **values):
        wizard = self.wizard(move, **values)
        with self.allow_pdf_render():
            return wizard.action_send_and_print()

    def mails(self, move):
        """Mails to the customer about an invoice."""
        return move.message_ids.filtered(
            lambda message: (
                self.customer in message.partner_ids and message.message_type == "comment"
            )
        )

    def run_send_cron(self):
        with self.enter_registry_test_mode(), self.allow_pdf_render():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
            self.env.ref("l10n_cl_sii.cron_deliver").method_direct_trigger()

    def delivery_state(self, move):
        return move.l10n_cl_dte_id.delivery_ids.state

    def test_the_mail_waits_for_the_sii(self):
        move = self.post()
        self.send(move, subject="Su factura", body="<p>Gracias, Ñuñoa</p>")
        self.assertFalse(self.mails(move))
        self.run_crons("cron_send")
        self.run_send_cron()
        self.assertFalse(self.mails(move))
        self.run_crons("cron_poll")
        self.assertEqual(move.l10n_cl_dte_state, "accepted")
        self.run_send_cron()
        mail = self.mails(move)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.subject, "Su factura")
        self.assertIn("<p>Gracias, Ñuñoa</p>", mail.body)
        names = sorted(mail.attachment_ids.mapped("name"))
        self.assertEqual(len(names), 2)
        self.assertIn(move.l10n_cl_dte_id.xml_name, names)
        xml = mail.attachment_ids.filtered(lambda file: file.name.endswith(".xml"))
        self.assertEqual(xml.raw, base64.b64decode(move.l10n_cl_dte_id.xml))
        self.run_send_cron()
        self.assertEqual(len(self.mails(move)), 1)

    def test_no_key_of_the_context_lets_it_go_before(self):
        """Callers choose their context: the queue identifies itself by what nobody can send."""
        move = self.post()
        for value in (True, 1, "True", {}):
            context = {"active_model": "account.move", "active_ids": move.ids}
            wizards = self.env["account.move.send.wizard"]
            wizard = wizards.with_context(**context, l10n_cl_delivers=value).create(
                {"sending_methods": ["email"]}
            )
            with self.allow_pdf_render():
                wizard.action_send_and_print()
            self.assertFalse(self.mails(move))
            self.assertEqual(self.delivery_state(move), "waiting")

    def test_an_accepted_invoice_goes_at_once(self):
        move = self.post()
        self.run_crons()
        self.send(move)
        self.assertFalse(self.mails(move), "not in the user's request")
        self.run_send_cron()
        self.assertEqual(len(self.mails(move)), 1)
        self.assertEqual(self.delivery_state(move), "sent")

    def test_who_does_not_want_to_wait(self):
        move = self.post()
        wizard = self.wizard(move)
        self.assertIn("cl_sii", wizard.extra_edi_checkboxes)
        self.assertIn("l10n_cl_waiting", wizard.alerts)
        wizard.extra_edi_checkboxes = {"cl_sii": {"checked": False}}
        with self.allow_pdf_render():
            wizard.action_send_and_print()
        self.run_send_cron()
        self.assertEqual(len(self.mails(move)), 1)
        self.issuer.sudo().mail_waits = False
        other = self.post()
        self.assertNotIn("cl_sii", self.wizard(other).extra_edi_checkboxes or {})
        self.assertTrue(other._is_ready_to_be_sent())

    def test_a_rejected_invoice_is_never_mailed(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.send(move)
        self.run_crons()
        self.run_send_cron()
        self.assertFalse(self.mails(move))
        self.assertEqual(self.delivery_state(move), "dropped")
        self.assertFalse(move._is_ready_to_be_sent())
        wizard = self.wizard(move)
        self.assertEqual(wizard.alerts["l10n_cl_rejected"]["level"], "danger")
        with self.assertRaises(UserError):
            wizard.action_send_and_print()

    def test_corrected_it_is_printed_and_attached_anew(self):
        self.sii.add_to_script({"on": "document", "do": "reject:HED-3-861"})
        move = self.post()
        self.send(move)
        self.run_crons()
        move.button_draft()
        self.assertFalse(move.l10n_cl_xml_id)
        move.invoice_line_ids.price_unit = 2000
        move.action_post()
        self.run_crons()
        self.send(move)
        self.assertEqual(move.l10n_cl_xml_id.raw, base64.b64decode(move.l10n_cl_dte_id.xml))

    def test_downloads_hold_pdf_and_xml(self):
        move = self.post()
        self.send(move)
        files = move._get_invoice_legal_documents_all()
        self.assertEqual([file["filetype"] for file in files], ["application/pdf", "text/xml"])

    def test_signed_documents_can_be_taken_away(self):
        moves = self.post() + self.post()
        [item] = [
            item
            for item in (moves + self.draft()).get_extra_print_items()
            if item["key"] == "l10n_cl_dte"
        ]
        self.assertTrue(item["url"].endswith("/l10n_cl_dte"))
        file = moves[0]._get_invoice_legal_documents("l10n_cl_dte")
        self.assertEqual(file["content"], base64.b64decode(moves[0].l10n_cl_dte_id.xml))
        self.assertEqual(file["filename"], moves[0].l10n_cl_dte_id.xml_name)

    def test_a_batch_waits_too(self):
        moves = self.post() + self.post()
        batch = self.env["account.move.send.batch.wizard"].create({"move_ids": moves.ids})
        self.assertIn("l10n_cl_certification", batch.alerts)
        batch.action_send_and_print()
        self.run_send_cron()
        self.assertFalse(self.mails(moves))
        self.run_crons()
        self.run_send_cron()
        self.assertEqual([len(self.mails(move)) for move in moves], [1, 1])

    def test_sending_asks_nobody_on_the_network(self):
        move = self.post()
        before = len(self.exchanges())
        self.send(move)
        self.assertEqual(len(self.exchanges()), before)
