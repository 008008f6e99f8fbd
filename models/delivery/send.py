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


# the state of a mail that is written or was refused, in which Odoo's queue of mails leaves it alone
_HELD_BACK = "cancel"
_WRITTEN = [("message_id", "!=", False)]


def _are_addresses(text):
    """Whether each of them is one; a name may have commas, as in ``"Pérez, Juan" <juan@x.cl>``."""
    addresses = [address for _name, address in getaddresses([text])]
    return bool(addresses) and all(map(email_normalize, addresses))


class Delivery(models.Model):
    """A mail is written once and handed to the mail server: mail, intent, answer, outcome.

    Each is committed before the next one begins. What was interrupted before the answer was
    committed is not mailed again by itself: a person is called.
    """

    _inherit = "l10n_cl.delivery"

    @api.model
    def _cron_deliver(self):
        """Write and send the mails that are due; what became of an interrupted one is found out."""
        self._process_queue(self._left_sending(), lambda delivery: delivery._interrupted())
        self._process_steps(
            Step(self, self._to_print, lambda deliveries: deliveries._print_ahead(), TOGETHER),
            Step(self, self._to_write, lambda deliveries: deliveries._write_mails(), TOGETHER),
            self._once("to_send", lambda delivery: delivery._deliver(), TOGETHER, _WRITTEN),
        )

    def _to_write(self):
        """Domain of the mails that are written next."""
        printed = ["|", ("kind", "!=", "customer"), ("printed", "=", True)]
        return [*self._due("to_send"), ("message_id", "=", False), *printed]

    def _write_mails(self):
        """Write these, and send none yet.

        Apart from the sending, for Odoo touches the customer then: who meets somebody else there
        begins again, and nothing has gone out.
        """
        for delivery in self:
            if refusal := delivery._wrong_address() or delivery._refusal():
                delivery._move_to("failed", refusal, failure=refusal)
            else:
                delivery.message_id = delivery._write_mail()
                delivery._hold_back(delivery._mails())

    def _wrong_address(self):
        """Why nothing can be mailed there, or False."""
        if _are_addresses(self.address):
            return False
        return self.env._("%s is no e-mail address.", self.address)

    def _deliver(self):
        """Hand the written mail over, and then write what became of it. The intent is committed.

        What the mail server answered is committed before anything else is written that somebody
        might be writing too.
        """
        self._hand_over()
        self._commit()
        if self._still_intends(self.attempts):
            self._settle()

    def _settle(self):
        """The outcome, as the mail server's answer has it."""
        mails = self._mails()
        if refusals := self._refusals(mails):
            self._hold_back(mails)
            self._try_later(refusals[0])
        else:
            self._move_to(
                "sent",
                self.env._("Mailed to %s.", self.address),
                sent_at=fields.Datetime.now(),
                failure=False,
            )

    def _mails(self):
        """What of its message is with Odoo's mails; those that went out may be deleted there."""
        mails = self.env["mail.mail"].sudo()
        return mails.search([("mail_message_id", "=", self.message_id.id)])

    def _hold_back(self, mails):
        """They are not for Odoo's queue of mails, and not answered by a mail server."""
        mails.filtered(lambda mail: mail.state != "sent").state = _HELD_BACK

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
        """Give the mails to the mail server; Odoo keeps its answer with them."""
        self._check_attachments()
        unsent = self._mails().filtered(lambda mail: mail.state != "sent")
        unsent.mark_outgoing()
        # what others are writing fails now, and not when the mail has gone; Odoo writes into both
        self.env.flush_all()
        self._hold(self.message_id)
        unsent.send()

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
        """Its worker died between our intent and the outcome."""
        if self.message_id and _HELD_BACK not in self._mails().mapped("state"):
            self._settle()
            return
        text = self.env._(
            "The sending was interrupted: the mail may have gone out. Ask the customer, or send "
            "it again."
        )
        self._move_to("failed", text, failure=text)

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and out of the queue until a person retries."""
        text = str(error) if isinstance(error, AlteredFile) else None
        text = text or unforeseen(self.env, error)
        self._move_to("failed", text, failure=text)

    def _came_back(self, address):
        """The addressee's server returned the mail."""
        for delivery in self.filtered(lambda row: row.state == "sent"):
            if address in (email_normalize_all(delivery.address) or ()):
                text = delivery.env._("The mail came back from %s.", address)
                delivery._move_to("failed", text, failure=text)
