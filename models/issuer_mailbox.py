import email
import logging
import re

from markupsafe import Markup
from psycopg2.extensions import TransactionRollbackError

from odoo import api, models
from odoo.exceptions import UserError

from ..sii import mail_bounds
from .base_access import MANAGER, entry
from .base_unforeseen import unforeseen

_logger = logging.getLogger(__name__)

_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "resent-to", "envelope-to")
_LONGEST_HEADERS = 200_000
_NO_ADDRESS = re.compile(r"[\s<>,;:\"()\[\]]")


class Issuer(models.Model):
    """An address that the SII, or a rule in the company's mailbox, sends result mails to."""

    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "mail.alias.mixin.optional", "mail.activity.mixin"]

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(self._name)
        if self.id:
            values["alias_force_thread_id"] = self.id
        return values

    @entry("write", MANAGER)
    def message_update(self, msg_dict, update_vals=None):
        """A mail came in: read the results of the SII among its files (PROTOCOL 3.5).

        Who wrote it proves nothing, hence a result explains verdicts only; the mail itself stays
        on the issuer, with a note when a file could not be used.
        """
        for attachment in msg_dict.get("attachments", []):
            self._take_alone(attachment.fname or "", attachment)
        return super().message_update(msg_dict, update_vals)

    def _take_alone(self, name, attachment):
        """One part of a mail in a savepoint: whatever is wrong with it, the others are read."""
        content = attachment.content
        if isinstance(content, str):
            content = content.encode("iso-8859-1", "xmlcharrefreplace")
        if not isinstance(content, bytes):
            return  # a mail inside of the mail
        try:
            with self.env.cr.savepoint():
                self._take_part(name, content)
        except TransactionRollbackError:
            raise
        except UserError as problem:
            self._say(name, str(problem))
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a file of a mail could not be read")
            text = unforeseen(self.env, error)
            self._say(name, text)
            self._call_about_mail(f"{name}: {text}")

    def _take_part(self, name, content):
        """Use a file of a mail. Raises UserError when it should be of use and is not."""
        if name.lower().endswith(".xml"):
            self.env["l10n_cl.envio"].sudo()._read_result(content, mailed=True)

    def _say(self, name, text):
        self.message_post(body=self.env._("%(file)s: %(reason)s", file=name, reason=text))

    def _call_about_mail(self, text):
        """A person must look at a mail that could not be read."""
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("A mail to the SII's mailbox could not be read"),
            note=Markup("<p>%s</p>") % text,
            user_id=self.company_id._l10n_cl_responsible(self.env.user).id,
        )

    def _keep_unread(self, message, error):
        """Keep a mail that could not be taken in at all, as it came, and call a person."""
        text = unforeseen(self.env, error)
        self.message_post(
            body=self.env._("A mail came that could not be read: it is attached. %s", text),
            attachments=[("mail.eml", message)],
        )
        self._call_about_mail(text)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, *args, **kwargs):
        """A mail to an issuer's mailbox is never lost, whatever is in it."""
        raw = _bytes_of(message)
        issuer = self._l10n_cl_mailbox_of(model, raw)
        if not issuer:
            return super().message_process(model, message, *args, **kwargs)
        try:
            with self.env.cr.savepoint():
                light = mail_bounds.lightened(raw)
                return super().message_process(model, light, *args, **kwargs)
        except TransactionRollbackError:
            raise
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a mail to an issuer's mailbox could not be read")
            issuer._keep_unread(raw, error)
            return issuer.id

    @api.model
    def _l10n_cl_mailbox_of(self, model, raw):
        """The issuer to whom a mail is addressed; empty for mails to others."""
        issuers = self.env["l10n_cl.issuer"].sudo()
        wanted = _addressees(raw)
        for issuer in issuers.search([("alias_id", "!=", False), ("alias_name", "!=", False)]):
            name = issuer.alias_name.lower()
            if any(address == name or address.startswith(f"{name}@") for address in wanted):
                return issuer
        return issuers.search([], limit=1) if model == issuers._name else issuers


def _bytes_of(message):
    data = getattr(message, "data", message)
    return data.encode("utf-8", "surrogateescape") if isinstance(data, str) else bytes(data)


def _addressees(raw):
    """Addresses in the headers of a mail, in small letters; none of one that has no headers."""
    headers = email.message_from_bytes(raw[:_LONGEST_HEADERS].partition(b"\n\n")[0] + b"\n\n")
    lines = [str(line).lower() for name in _ADDRESSED for line in headers.get_all(name, [])]
    # by its blanks and signs: readers of addresses follow brackets in brackets to no end
    words = {word for line in lines for word in _NO_ADDRESS.split(line) if "@" in word}
    return words | {line.strip() for line in lines}
