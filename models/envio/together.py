import time

from odoo import models

from ...sii.errors import CertificateProblem, Refused, TransportError
from ...sii.transport.replies import EnvelopeVerdict

# As long as the SII answers quickly: whoever wants one of these rows waits meanwhile.
_SECONDS = 5


class Envio(models.Model):
    """Envelopes of one issuer asked for in one transaction: most are accepted without a word, or
    not judged yet, and take that together. Whatever else the SII says is asked for again, alone.
    """

    _inherit = "l10n_cl.envio"

    def _poll_together(self):
        """Nothing is written before the last answer is there. Returns those to be asked alone."""
        alone = self.filtered(lambda envio: not envio.track_id)
        answers, failed = (self - alone)._ask_for_envelopes()
        asked = self.browse(answers)
        plain = asked.filtered(lambda envio: envio._is_plainly_accepted(answers[envio.id]))
        pending = (asked - plain).filtered(lambda envio: envio._is_pending(answers[envio.id]))
        for text, envios in plain.grouped(lambda envio: answers[envio.id].words).items():
            envios._accept(text, {each.id: answers[each.id].raw for each in envios})
        for envio in pending:
            envio._poll_again(answers[envio.id].words, answers[envio.id].raw)
        if asked:
            asked[0]._sii_answered()
        return alone | failed | (asked - plain - pending)

    def _ask_for_envelopes(self):
        """(id -> the SII's answer, the one that got none). Speaks to the SII."""
        began, answers = time.monotonic(), {}
        for envio in self:
            if time.monotonic() > began + _SECONDS:
                break
            try:
                answers[envio.id] = envio._ask_for_envelope()
            except (CertificateProblem, Refused, TransportError):
                return answers, envio
        return answers, self.browse()

    def _is_pending(self, status):
        return status.verdict == EnvelopeVerdict.PENDING and not self._is_wrong_track_id(status)

    def _is_plainly_accepted(self, status):
        """Whether it was taken as a whole, by counters that agree with what is in it."""
        waiting = self._undecided()
        return (
            status.verdict == EnvelopeVerdict.PROCESSED
            and waiting == self.dte_ids
            and not (status.details or self.track_id_told or self.in_doubt)
            and {each.document_type: (each.informed, each.accepted) for each in status.counts}
            == {
                code: (len(alike), len(alike))
                for code, alike in waiting.grouped("document_code").items()
            }
        )

    def _accept(self, text, answers):
        """Their documents are accepted. answers: id -> the SII's, as it came."""
        documents = self.dte_ids
        documents._move_to(
            "accepted", text, sii_text=text, reason_ids=documents[0]._verdict_reasons("accepted")
        )
        self._move_to("processed", text, answers, sii_text=text)
