from datetime import timedelta

from odoo import api, fields, models

from ...sii.errors import Busy, CertificateProblem, NotSent, OutcomeUnknown, Refused
from ..base.news import tell
from ..base.texts.errors import error_text
from ..base.texts.sii import code_of

# First try and three retries, half an hour apart, unless the SII asks otherwise.
TRIES = 4
RETRY_AFTER = timedelta(minutes=30)
FIRST_POLL_AFTER = timedelta(seconds=5)
FIRST_PROBE_AFTER = timedelta(minutes=10)

# Upload answers that condemn the bytes themselves (PROTOCOL 2.2): the document must be corrected.
_BYTES_REFUSED = {"schema_invalid", "envelope_signature_invalid", "file_size_wrong"}


class Envio(models.Model):
    """The upload: intent, upload, outcome. Out comes a track id, a later try, a refusal, or an
    outcome that nobody knows.

    Nothing is sent that was not stored and committed before, and nothing is sent again whose
    outcome is unknown.
    """

    _inherit = "l10n_cl.envio"

    def _send(self):
        """Upload, and write the outcome. The intent is committed before (queue/once.py).

        The track id is committed alone, before anything that could fail touches other rows: the
        run's next step takes its documents along (_behind).
        """
        try:
            with self.issuer_id._gateway(self.channel) as gateway:
                received = gateway.upload(
                    self._xml_bytes(), self.issuer_id.company_rut, self.xml_name
                )
        except (NotSent, Busy) as error:
            self._try_later(error)
            self._sii_did_not_answer()
        except Refused as error:
            self._upload_refused(error)
            self._sii_answered()
        except OutcomeUnknown as error:
            self._outcome_unknown(error_text(self.env, error))
        except CertificateProblem as problem:
            self._stop(error_text(self.env, problem), back_to="ready")
        else:
            self._move_to(
                "sent",
                self.env._("The SII received it: track id %s.", received.track_id),
                received.raw,
                track_id=received.track_id,
                **self._first_poll(),
            )
            self._sii_answered()

    def _may_act(self):
        return self._may_leave()

    def _intent(self):
        return {
            "text": self.env._("Try %s.", self.attempts + 1),
            "first_sent_at": self.first_sent_at or fields.Datetime.now(),
        }

    def _first_poll(self):
        at = fields.Datetime.now() + FIRST_POLL_AFTER
        self._wake("poll", at)
        return {"next_attempt_at": at, "polls": 0}

    @api.model
    def _behind(self):
        """Domain of those that the SII has, whose documents do not show it yet."""
        return [("state", "=", "sent"), ("dte_ids.state", "=", "signed")]

    def _mark_documents_sent(self):
        behind = self.dte_ids.filtered(lambda dte: dte.state == "signed")
        behind._move_to("sent", self.env._("Sent to the SII."))

    def _try_later(self, error):
        """Nothing was taken by the SII: wait and try again, a few times."""
        text = error_text(self.env, error)
        if self.attempts >= TRIES:
            text = self.env._("%(tries)s tries failed. %(text)s", tries=TRIES, text=text)
            self._stop(text, str(error), back_to="ready")
            return
        wait = timedelta(seconds=error.retry_after) if error.retry_after else RETRY_AFTER
        at = fields.Datetime.now() + wait
        self._move_to("ready", text, str(error), next_attempt_at=at, sii_text=text)
        self._wake("send", at)
        tell(self.env, self.company_id)

    def _outcome_unknown(self, text):
        """The SII may hold it: it is not sent again before the SII was asked."""
        at = fields.Datetime.now() + FIRST_PROBE_AFTER
        self._move_to(
            "unknown", text, next_attempt_at=at, probes=0, sii_text=text, may_be_held=True
        )
        self._wake("probe", at)

    def _upload_refused(self, error):
        text = error_text(self.env, error)
        if error.code == "already_received":
            # A second copy: the first one's fate decides, asked document by document.
            self._move_to("sent", text, str(error), **self._first_poll())
        elif error.code in _BYTES_REFUSED:
            reasons = self.dte_ids._reasons_of_refusal(code_of(self.env, error), error)
            self._refused(text, str(error), reasons)
        else:
            self._stop(text, str(error), back_to="ready")
