from datetime import timedelta

from odoo import api, fields, models

from ...sii.errors import CertificateProblem, Refused, TransportError
from ...sii.transport.replies import EnvelopeVerdict
from ..base.queue.run import Step
from ..base.texts.errors import error_text
from .probe import GIVE_UP_AFTER

# Growing pauses between status queries, then hourly: the SII asks not to be hammered.
_POLL_PAUSES = [timedelta(seconds=s) for s in (5, 15, 60, 120, 300, 600, 1800)]
_POLL_PAUSE_AFTERWARDS = timedelta(hours=1)
# So many are asked for in a transaction (together.py).
_ASKED_TOGETHER = 25
# The fault lies in the cover: no document would fare better in another envelope.
_COVER_REFUSED = ("RCT",)
_REPEATED = "RPT"


class Envio(models.Model):
    """What became of an envelope that the SII holds: asked for by its track id, or, where that is
    not known, document by document.

    Asked ever less often. No verdict is made up: what the SII does not show in two days a person
    looks for on its portal.
    """

    _inherit = "l10n_cl.envio"

    @api.model
    def _cron_poll(self):
        """Ask the SII what became of the envelopes it holds."""

        def due():
            return self._due("sent")

        self._process_steps(Step(self, due, lambda envios: envios._poll(), _ASKED_TOGETHER))

    def _poll(self):
        """Ask for one envelope, or several of an issuer; returns those to be asked for alone."""
        # A crash between track id and documents leaves them behind: catch up first.
        self._mark_documents_sent()
        return self._poll_together() if len(self) > 1 else self._poll_alone()

    def _poll_alone(self):
        try:
            if self.track_id:
                self._judge_envelope(self._ask_for_envelope())
            else:
                self._poll_documents()
        except CertificateProblem as problem:
            self._stop(error_text(self.env, problem))
        except Refused as error:
            self._stop(error_text(self.env, error), str(error))
            self._sii_answered()
        except TransportError as error:
            self._poll_again(error_text(self.env, error), str(error))
            self._sii_did_not_answer()
        else:
            self._sii_answered()

    def _ask_for_envelope(self):
        """The SII's answer about the track id (sii.EnvelopeStatus). Speaks to the SII."""
        with self.issuer_id._gateway(self.channel) as gateway:
            return gateway.envelope_status(self.issuer_id.company_rut, self.track_id)

    def _judge_envelope(self, status):
        text = status.words
        if self._is_wrong_track_id(status):
            self._drop_track_id(status)
        elif status.verdict == EnvelopeVerdict.PENDING:
            self._poll_again(text, status.raw)
        elif status.sii_code == _REPEATED:
            # A second copy: the first one's fate decides, asked document by document.
            self.track_id = False
            self._poll_again(text, status.raw)
        elif status.verdict == EnvelopeVerdict.REFUSED:
            reasons = self._reasons_of_refused(status)
            self._refused(text, status.raw, reasons, all_alike=status.sii_code in _COVER_REFUSED)
        else:
            self._apply_verdicts(status, text)
            if self.in_doubt:
                self._poll_in_doubt()
                return
            # last: when the SII fell silent over a document, the envelope is asked for again
            self._move_to("processed", text, status.raw, sii_text=text)

    def _poll_documents(self):
        """No track id is known (its answer was lost): the documents' own status decides."""
        self.in_doubt = False
        for document in self._undecided():
            status = document._ask_whether_ours()
            if status.is_ours:
                text = status.words
                document._move_to("accepted", text, status.raw, sii_text=text)
            elif status.is_foreign:
                document._found_foreign(status)
            elif status.is_held:
                self.in_doubt = True
        if not self._undecided():
            self._move_to("processed", self.env._("Each of its documents is decided."))
        elif self.in_doubt:
            self._poll_in_doubt()
        elif fields.Datetime.now() > self.first_sent_at + GIVE_UP_AFTER:
            self._stop(
                self.env._(
                    "The SII received this file once but does not show the document. An SII "
                    "manager looks for it on the SII's portal: if it was rejected there, press "
                    "“Rejected on the Portal” on the tax document, then correct the invoice."
                )
            )
        else:
            self._poll_again(self.env._("Not yet visible at the SII."))

    def _poll_in_doubt(self):
        if fields.Datetime.now() > self.first_sent_at + GIVE_UP_AFTER:
            self._stop_in_doubt()
        else:
            self._poll_again(self._doubt_text())

    def _poll_again(self, text, answer=""):
        polls = self.polls + 1
        pauses = dict(enumerate(_POLL_PAUSES, start=1))
        at = fields.Datetime.now() + pauses.get(polls, _POLL_PAUSE_AFTERWARDS)
        self.write({"polls": polls, "next_attempt_at": at, "sii_text": text})
        self._note(text, answer)
        self._wake("poll", at)
