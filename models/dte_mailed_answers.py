from odoo import api, models
from odoo.exceptions import UserError

from ..sii import exchange_answers
from ..sii.errors import SignatureProblem, UnsafeXml


class Dte(models.Model):
    """What customers mail about documents of ours: received, accepted or rejected, goods received.

    It is shown and told; what the law makes of a document, the SII's register alone decides.
    """

    _inherit = "l10n_cl.dte"

    @api.model
    def _take_mailed_answers(self, data, company):
        """Keep the answers of a RespuestaDTE or EnvioRecibos. Returns the documents.

        data: bytes. Raises UserError when the file is none, is not signed by who wrote it, or is
        about a document that the company did not issue so; then nothing of it is kept.
        """
        try:
            answers = exchange_answers.read(data)
        except (SignatureProblem, UnsafeXml) as error:
            raise UserError(
                self.env._("This answer of a receiver is damaged or not well signed.")
            ) from error
        answered = [(self._answered(answer, company), answer) for answer in answers]
        for document, answer in answered:
            document._take_mailed_answer(answer)
        return self.union(*(document for document, _answer in answered))

    def _answered(self, answer, company):
        found = self.search(
            [
                ("company_id", "=", company.id),
                ("issuer_rut", "=", answer.issuer_rut),
                ("document_code", "=", answer.kind),
                ("folio", "=", answer.folio),
                ("amount_total", "=", answer.total),
                ("receiver_rut", "=", answer.receiver_rut),
            ],
            limit=1,
        )
        if not found or answer.responsible_rut != answer.receiver_rut:
            raise UserError(
                self.env._(
                    "This answer is about type %(type)s, folio %(folio)s, which was not issued "
                    "to who answers, or not over that amount.",
                    type=answer.kind,
                    folio=answer.folio,
                )
            )
        return found

    def _take_mailed_answer(self, answer):
        events = self.env["l10n_cl.claim.event"]._keep(self, "dte_id", [answer])
        self._tell_answers(events)
        if events and answer.code == exchange_answers.REJECTED:
            summary = self.env._("The customer rejects %s by mail", self.display_name)
            self._call_a_person_about_answer(summary, answer.text)
