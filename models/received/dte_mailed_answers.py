from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ...sii import clock
from ...sii.errors import SignatureProblem, UnsafeXml
from ...sii.exchange import their_answers as exchange_answers
from .signer import judge_signer

# Clocks differ; what is signed for a later day was not signed yet.
_CLOCKS_DIFFER = timedelta(days=1)


class Dte(models.Model):
    """What customers mail about documents of ours: received, accepted or rejected, goods received.

    A file proves that somebody signed it, and anybody can certify himself. An answer counts as
    the customer's when a known authority vouches for who signed, at the moment of signing and when
    it arrived. Persons sign for companies, so the signer's RUT need not be the customer's: it is
    shown. What the law makes of a document, the SII's register alone decides.
    """

    _inherit = "l10n_cl.dte"

    @api.model
    def _take_mailed_answers(self, data, company):
        """Keep the answers of a RespuestaDTE or EnvioRecibos. Returns the documents.

        data: bytes. Raises UserError when the file is none, was altered, is addressed to another
        company, or is about a document that the company did not issue so; then nothing is kept.
        """
        try:
            file = exchange_answers.read(data)
        except (SignatureProblem, UnsafeXml) as error:
            raise UserError(
                self.env._("This answer of a receiver is damaged or not well signed.")
            ) from error
        issuer = company.l10n_cl_issuer_id.sudo()
        if file.recipient_rut != issuer.company_rut:
            raise UserError(
                self.env._("This answer is addressed to RUT %s and not to us.", file.recipient_rut)
            )
        ours = self._documents_answered(file.answers, company, issuer)
        answered = [(self._answered(answer, ours), answer) for answer in file.answers]
        signer = self._signer_of_answer(file, issuer)
        for document, answer in answered:
            document._take_mailed_answer(answer, signer)
        return self.union(*(document for document, _answer in answered))

    @api.model
    def _signer_of_answer(self, file, issuer):
        """Who signed a file of answers (sii.authority.chain.Signer).

        The moment is in the file itself: a certificate that expired since proves nothing.
        """
        authorities = issuer._authorities()
        then = judge_signer(file, file.at, authorities, file.key_matches)
        now = clock.now()
        if file.at is None or file.at > now + _CLOCKS_DIFFER:
            return then.doubted("moment")
        arrived = judge_signer(file, now, authorities, file.key_matches)
        if then.proves and not arrived.proves:
            return arrived
        return then if then.rut or not then.proves else then.doubted("no_rut")

    @api.model
    def _documents_answered(self, answers, company, issuer):
        """The documents that answers may be about, by type and folio."""
        found = self.search(
            [
                ("company_id", "=", company.id),
                ("environment", "=", issuer.environment),
                ("issuer_rut", "=", issuer.company_rut),
                ("document_code", "in", list({answer.kind for answer in answers})),
                ("folio", "in", list({answer.folio for answer in answers})),
            ]
        )
        return {(each.document_code, each.folio): each for each in found}

    def _answered(self, answer, ours):
        found = ours.get((answer.kind, answer.folio), self.browse())
        stated = (answer.issuer_rut, answer.receiver_rut, answer.responsible_rut, answer.total)
        receiver = found.receiver_rut
        if not found or stated != (found.issuer_rut, receiver, receiver, int(found.amount_total)):
            raise UserError(
                self.env._(
                    "This answer is about type %(type)s, folio %(folio)s, which was not issued "
                    "to who answers, or not over that amount.",
                    type=answer.kind,
                    folio=answer.folio,
                )
            )
        return found

    def _take_mailed_answer(self, answer, signer):
        events = self.env["l10n_cl.claim.event"]._keep_mailed(self, answer, signer)
        if not events:
            return
        if not signer.proves:
            text = self.env._(
                "Unproven: somebody mailed an answer in the customer's name (%s). It counts for "
                "nothing.",
                answer.text or answer.code,
            )
            self._note(f"{text} {events.chain_text or ''}")
            return
        self._write_answers(events)
        if answer.code == exchange_answers.REJECTED:
            summary = self.env._("The customer rejects %s by mail", self.display_name)
            who = self.env._("Signed by %(name)s, RUT %(rut)s.", name=signer.holder, rut=signer.rut)
            self._call_a_person_about_answer(summary, f"{answer.text} {who}".strip())
