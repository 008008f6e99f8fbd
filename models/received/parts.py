import logging

from psycopg2.errors import UniqueViolation
from psycopg2.extensions import TransactionRollbackError

from odoo import api, models
from odoo.exceptions import UserError

from ...sii import clock, kinds, rut
from ...sii.received import file as received_file
from ..access.apart import apart
from ..access.unforeseen import unforeseen
from ..base.texts.errors import error_text

_logger = logging.getLogger(__name__)

_MOST_SHOWN = 20
_LONGEST_NAMES = 2_000
_FIRST_YEAR = 2002  # nobody issued electronic documents before
_FORWARD_YEARS = 1


class ReceivedDte(models.Model):
    """A file in its parts: each document stands alone, and what is refused is reported by name."""

    _inherit = "l10n_cl.received.dte"

    @api.model
    def _receive(self, data, name, company, sender=""):
        """The documents of ``_receive_with_refusals`` alone. Raises as it does."""
        return self._receive_with_refusals(data, name, company, sender)[0]

    @api.model
    def _receive_with_refusals(self, data, name, company, sender=""):
        """Keep the documents of a file that are addressed to the company.

        Returns the records and a sentence for each part that was refused. Raises UserError when
        nothing of the file can be used.
        """
        kept, refused = self._receive_parts(data, name, company, sender)
        texts_shown = [self._refusal(part, text) for part, text in refused]
        if not kept:
            raise UserError(self._refusals(texts_shown))
        return kept, texts_shown

    @api.model
    def _receive_parts(self, data, name, company, sender=""):
        """The same, whatever comes of it: the records, and of each part that was
        refused its name and a sentence."""
        issuer = self._receiving_issuer(company)
        authorities = issuer._authorities()
        kept, refused = self.browse(), []
        for part in received_file.parts(data, name, issuer._caf_authorities()):
            texts = [error_text(self.env, problem) for problem in part.problems]
            found, others = self._take_part(part.documents, company, sender, authorities)
            kept |= found
            refused += [(part.name, text) for text in texts + others]
        return kept, refused

    @api.model
    def _receiving_issuer(self, company):
        issuer = company.l10n_cl_issuer_id.sudo()
        if not issuer.company_rut:
            raise UserError(
                self.env._(
                    "%s has no SII issuer with a RUT: see SII Invoicing > Configuration > Issuers.",
                    company.name,
                )
            )
        return issuer

    @api.model
    def _take_part(self, documents, company, sender, authorities):
        """The records of the documents of one file, and sentences about the others."""
        kept, texts = self.browse(), []
        for filed in documents:
            record, text = self._take_alone(filed, company, sender, authorities)
            kept |= record
            texts += [text] if text else []
        return kept, texts

    @api.model
    def _take_alone(self, filed, company, sender, authorities):
        """One document in a savepoint: whatever is wrong with it, the others are not touched."""
        document = filed.document
        try:
            with self.env.cr.savepoint():
                if text := self._no_document_text(document, company):
                    return self.browse(), text
                return self._take(filed, company, sender, authorities), ""
        except TransactionRollbackError:
            raise
        except UniqueViolation:
            text = self._take_after_another(filed, company, sender, authorities)
        except UserError as problem:
            text = str(problem)
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("type %s folio %s was not kept", document.kind, document.folio)
            text = unforeseen(self.env, error)
        about = self.env._(
            "Type %(type)s, folio %(folio)s", type=document.kind, folio=document.folio
        )
        return self.browse(), f"{about}: {text}"

    @api.model
    def _take_after_another(self, filed, company, sender, authorities):
        """Somebody kept this document since we began, and we cannot see it: a transaction that
        can notes that it came twice, or keeps the other file. A sentence about it."""

        def take(cr):
            env = self.env(cr=cr)
            self.with_env(env)._take(filed, company.with_env(env), sender, authorities)
            return True

        try:
            taken = apart(self.env.registry, take)
        except Exception as error:  # pylint: disable=broad-except
            _logger.exception("a document that came twice at once was not noted")
            return unforeseen(self.env, error)
        if not taken:
            return self.env._("it is being received by another way at this moment: load it again.")
        return self.env._("it arrived by another way at the same moment: it is there already.")

    @api.model
    def _no_document_text(self, document, company):
        """Why it is none of ours, or no tax document at all; empty when it may be."""
        own = company.l10n_cl_issuer_id.sudo().company_rut
        receiver = document.receiver_rut
        if (rut.canonical(receiver) if rut.is_valid(receiver) else receiver) != own:
            return self.env._(
                "it is addressed to RUT %(receiver)s and not to %(company)s (RUT %(rut)s): load it "
                "in that company.",
                receiver=receiver,
                company=company.name,
                rut=own,
            )
        if not kinds.of(document.kind).is_electronic:
            return self.env._("the SII has no electronic document of this type.")
        if document.folio < 1:
            return self.env._("folios begin at 1.")
        if not _FIRST_YEAR <= document.issued_on.year <= clock.today().year + _FORWARD_YEARS:
            return self.env._("it is dated %s, which cannot be.", document.issued_on)
        return ""

    @api.model
    def _refusal(self, name, text):
        return self.env._("%(file)s: %(reason)s", file=name, reason=text)

    @api.model
    def _refusals(self, texts):
        """As many of the sentences as a person reads, in one text, and the names of the others."""
        texts_shown, others = list(texts[:_MOST_SHOWN]), texts[_MOST_SHOWN:]
        if others:
            names = ", ".join(text.partition(":")[0] for text in others)[:_LONGEST_NAMES]
            text = self.env._("And %(count)s more: %(names)s", count=len(others), names=names)
            texts_shown.append(text)
        return "\n".join(texts_shown)
