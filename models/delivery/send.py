from datetime import timedelta
from email.utils import getaddresses

from odoo import api, fields, models
from odoo.tools import email_normalize, email_normalize_all

from ..access.intact import AlteredFile
from ..access.unforeseen import unforeseen
from ..base.mail_activity import as_html
from ..base.queue.run import Step
from ..printing.together import TOGETHER
from .mails import KINDS

# Pauses after a failed try, ever longer: a mail server that is down over a weekend is waited for.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440, 2880))


def _are_addresses(text):
    """Whether each of them is one; a name may have commas, as in ``"Pérez, Juan" <juan@x.cl>``."""
    addresses = [address for _name, address in getaddresses([text])]
    return bool(addresses) and all(map(email_normalize, addresses))


class Delivery(models.Model):
    """A mail is written once and handed to the mail server: intent, mail, outcome.

    Nothing is mailed that was not committed as intent before. What was interrupted is not mailed
    again by itself: a person is called.
    """

    _inherit = "l10n_cl.delivery"

    @api.model
    def _cron_deliver(self):
        """Send the mails that are due; an interrupted one is marked as not known to have gone."""
        self._process_queue(self._left_sending(), lambda delivery: delivery._interrupted())
        self._process_steps(
            Step(self, self._to_print, lambda deliveries: deliveries._print_ahead(), TOGETHER),
            self._once("to_send", lambda delivery: delivery._deliver(), TOGETHER),
        )

    def _deliver(self):
        """Write the mail, hand it over, and write the outcome. The intent is committed before."""
        if not _are_addresses(self.address):
            text = self.env._("%s is no e-mail address.", self.address)
            self._move_to("failed", text, failure=text)
            return
        if not self.message_id:
            if refusal := self._refusal():
                self._move_to("failed", refusal, failure=refusal)
                return
            self.message_id = self._write_mail()
        if failure := self._hand_over():
            self._try_later(failure)
        else:
            self._move_to(
                "sent",
                self.env._("Mailed to %s.", self.address),
                sent_at=fields.Datetime.now(),
                failure=False,
            )

    def _write_mail(self):
        """The mail.message of this delivery, its mails not sent yet."""
        return KINDS[self.kind].write_mail(self)

    def _write_file_mail(self, record, subject, text, signed):
        """A mail in the company's name whose only file is a signed XML; returns its mail.message.

        record: in whose chatter it stands. signed: the bytes, which are kept.
        """
        self.write(self._file_values(signed))
        attachment = {
            "name": self.xml_name,
            "raw": self._xml_bytes(),
            "mimetype": "text/xml",
            "res_model": "mail.message",
        }
        company = self._about().company_id
        mail = self.env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": as_html(text),
                "email_from": company.email_formatted,
                "email_to": self.address,
                "reply_to": company.email_formatted,
                "model": record._name,
                "res_id": record.id,
                "auto_delete": False,
                "attachment_ids": [fields.Command.create(attachment)],
            }
        )
        return mail.mail_message_id

    def _hand_over(self):
        """Give the mails to the mail server; returns why it did not take one, or False."""
        self._check_attachments()
        mails = self.env["mail.mail"].sudo().search([("mail_message_id", "=", self.message_id.id)])
        unsent = mails.filtered(lambda mail: mail.state != "sent")
        unsent.mark_outgoing()
        unsent.send()
        return next(iter(self._refusals(mails)), False)

    def _check_attachments(self):
        """The files of a mail written long ago are still those that it was written with.

        Raises AlteredFile.
        """
        for attachment in self.message_id.sudo().attachment_ids:
            data = attachment._l10n_cl_stored_bytes()
            if attachment._compute_checksum(data) != attachment.checksum:
                self._about()._refuse_altered(missing=not data)

    def _try_later(self, failure):
        """The mail server did not take it: again after a pause, and then a person is called."""
        if self.attempts > len(PAUSES):
            text = self.env._("%(tries)s tries failed. %(text)s", tries=self.attempts, text=failure)
            self._move_to("failed", text, failure=text)
            return
        at = fields.Datetime.now() + PAUSES[self.attempts - 1]
        text = self.env._("The mail did not go out and is tried again: %s", failure)
        self._move_to("to_send", text, failure=failure, next_attempt_at=at)
        self._call_workers(at)

    def _interrupted(self):
        """Its worker died between our intent and the mail server's answer."""
        text = self.env._(
            "The sending was interrupted: the mail may have gone out. Ask the customer, or send "
            "it again."
        )
        self._move_to("failed", text, failure=text)

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and out of the queue until a person retries."""
        text = str(error) if isinstance(error, AlteredFile) else None
        text = text or unforeseen(self.env, error)
        if self.state != "sending":
            self._move_to("sending")
        self._move_to("failed", text, failure=text)

    def _came_back(self, address):
        """The addressee's server returned the mail."""
        for delivery in self.filtered(lambda row: row.state == "sent"):
            if address in (email_normalize_all(delivery.address) or ()):
                text = delivery.env._("The mail came back from %s.", address)
                delivery._move_to("failed", text, failure=text)
