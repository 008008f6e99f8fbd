"""Mails that leave through a real mail server, or through none."""

from ..printing.print_case import PrintCase
from ..smtp import MailServer


class MailCase(PrintCase):
    def setUp(self):
        super().setUp()
        # what Odoo's own tests of mail servers switch on
        self.patch(self.registry["ir.mail_server"], "_disable_send", lambda _self: False)
        self.env["ir.mail_server"].sudo().search([]).active = False
        self.mail_server = MailServer()
        self.addCleanup(self.mail_server.stop)
        self.server_record = (
            self.env["ir.mail_server"]
            .sudo()
            .create(
                {
                    "name": "Correo",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": self.mail_server.port,
                    "smtp_encryption": "none",
                    "smtp_authentication": "login",
                }
            )
        )
        self.company.email = "ventas@nandu.example"
        self.customer.email = "compras@penalolen.example"
        self.issuer.sudo().mail_auto = True

    def take_mail_server_down(self):
        """Nobody listens at the port of the mail server any more."""
        self.mail_server.stop()

    def deliver(self):
        """Run the cron that mails, every waiting try brought forward to now."""
        later = self.env["l10n_cl.delivery"].sudo().search([("next_attempt_at", "!=", False)])
        later.next_attempt_at = False
        with self.enter_registry_test_mode(), self.allow_pdf_render():
            self.env.ref("l10n_cl_sii.cron_deliver").method_direct_trigger()

    def delivery(self, move, kind="customer"):
        return move.l10n_cl_dte_id.delivery_ids.filtered(lambda row: row.kind == kind)

    def mails_to(self, address):
        return [mail for mail in self.mail_server.mails if address in mail["To"]]

    def files(self, mail):
        return {
            part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()
        }
