"""The door of strangers' mails to our addresses: before anybody reads one, it is within bounds."""

import email
import logging
import re

from psycopg2.extensions import TransactionRollbackError

from odoo import api, models

from ...sii.errors import MailProblem
from ...sii.mail import letter as mail_letter

_logger = logging.getLogger(__name__)

_ISSUER = "l10n_cl.issuer"
# a picture of a hundred kilobytes may have millions of points, which Odoo would make smaller
_PICTURES_AS_THEY_ARE = {"image_no_postprocess": True}
_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "resent-to", "resent-cc", "envelope-to")
_NO_ADDRESS = re.compile(r"[\s<>,;:\"()\[\]]")


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(self, model, message, custom_values=None, save_original=False, **kwargs):
        """A mail to an issuer's mailbox is never lost, whatever is in it, and its files are read as
        the bytes that were sent; one to a journal's address costs no more than its size."""
        raw = _bytes_of(message)
        gateway = self.with_context(**_PICTURES_AS_THEY_ARE)
        if issuer := self._l10n_cl_mailbox_of(model, raw):
            read = super(MailThread, gateway).message_process
            return gateway._l10n_cl_process(issuer, raw, save_original, read)
        if not (journal := self._l10n_cl_journal_of(raw)):
            return super().message_process(model, message, custom_values, save_original, **kwargs)
        try:
            if not mail_letter.is_harmless(raw):
                message = mail_letter.rewritten(raw).raw
        except MailProblem as problem:
            return journal._l10n_cl_keep_unread(raw, problem)
        return super(MailThread, gateway).message_process(
            model, message, custom_values, save_original, **kwargs
        )

    @api.model
    def _l10n_cl_process(self, issuer, raw, save_original, read):
        """Odoo reads a mail to an issuer's mailbox, with its files whatever its server keeps.

        read: Odoo's own ``message_process``.
        """
        try:
            with self.env.cr.savepoint():
                letter = mail_letter.rewritten(raw, save_original)
                done = read(_ISSUER, letter.raw, thread_id=issuer.id)
                if done and letter.left:
                    issuer._post_files_left(letter.left)
                return done
        except TransactionRollbackError:
            raise
        except MailProblem as problem:
            issuer._keep_unread(raw, problem)
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a mail to an issuer's mailbox could not be read")
            issuer._keep_unread(raw, error)
        return issuer.id

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """Suppliers send as many mails as documents: nobody answers those of an issuer's mailbox,
        so none of them is the echo of an answer."""
        others = [route for route in routes or () if route[0] != _ISSUER]
        return super()._detect_loop_sender(message, message_dict, others)

    @api.model
    def _l10n_cl_mailbox_of(self, model, raw):
        """The issuer to whom a mail is addressed; empty for mails to others."""
        issuers = self.env[_ISSUER].sudo()
        named = issuers.search([("alias_id", "!=", False), ("alias_name", "!=", False)])
        found = _addressed(named, raw)
        return issuers.search([], limit=1) if not found and model == _ISSUER else found

    @api.model
    def _l10n_cl_journal_of(self, raw):
        """The journal, of a company with an issuer, to which a mail is addressed; or empty."""
        named = self.env["account.journal"].sudo().search([("alias_name", "!=", False)])
        return _addressed(named.filtered("company_id.l10n_cl_issuer_id"), raw)


def _addressed(named, raw):
    """The first of records with an alias to which a mail is addressed."""
    wanted = _addressees(raw) if named else ()
    for record in named:
        name = record.alias_name.lower()
        if any(address == name or address.startswith(f"{name}@") for address in wanted):
            return record
    return named.browse()


def _bytes_of(message):
    data = getattr(message, "data", message)
    return data.encode("utf-8", "surrogateescape") if isinstance(data, str) else bytes(data)


def _addressees(raw):
    """Addresses in the headers of a mail, in small letters; none of one that has no headers."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    headers = email.message_from_bytes(head + b"\n\n")
    lines = [str(line).lower() for name in _ADDRESSED for line in headers.get_all(name, [])]
    # by its blanks and signs: readers of addresses follow brackets in brackets to no end
    words = {word for line in lines for word in _NO_ADDRESS.split(line) if "@" in word}
    return words | {line.strip() for line in lines}
