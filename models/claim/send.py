from datetime import timedelta

from odoo import api, fields, models

from ...sii.errors import CertificateProblem, OutcomeUnknown, TransportError
from ...sii.exchange.claims import ClaimAction
from ..access.unforeseen import unforeseen
from ..base.texts.errors import error_text

_PAUSES = [timedelta(minutes=m) for m in (2, 10, 30)]
_PAUSE_AFTERWARDS = timedelta(hours=1)


class Claim(models.Model):
    """Nothing is sent twice: when an answer was lost, the history is asked first."""

    _inherit = "l10n_cl.claim"

    @api.model
    def _cron_claim(self):
        """Send what is due, after finding out about what nobody knows."""
        self._process_queue(self._left_sending(), lambda claim: claim._sender_died())
        self._process_queue(self._due("unknown"), lambda claim: claim._find_out())
        self._process_steps(self._once("to_send", lambda claim: claim._send()))

    def _send(self):
        """Call the SII, and write the outcome. The intent is committed before."""
        try:
            with self.received_id._issuer()._gateway() as gateway:
                answer = gateway.claim(*self._document(), ClaimAction(self.action))
        except CertificateProblem as problem:
            self._later("to_send", error_text(self.env, problem))
        except OutcomeUnknown as error:
            self._later("unknown", error_text(self.env, error), str(error))
        except TransportError as error:
            self._later("to_send", error_text(self.env, error), str(error))
        else:
            self._take_answer(answer)

    def _take_answer(self, answer):
        text = self._code_text(answer.code, answer.text)
        state = "done" if answer.is_registered else "refused"
        self._move_to(state, text, answer.raw, sii_text=text, next_attempt_at=False)

    def _find_out(self):
        """Whether the register holds what we tried to send."""
        try:
            history = self.received_id._ask_history()
        except CertificateProblem as problem:
            self._wait(error_text(self.env, problem))
        except TransportError as error:
            self._wait(error_text(self.env, error), str(error))
        else:
            if self.action in [event.code for event in history.events]:
                text = self.env._("The SII's history holds it.")
                self._move_to("done", text, history.raw, sii_text=text, next_attempt_at=False)
            else:
                text = self.env._("The SII never got it: it is sent again.")
                self._move_to("to_send", text, history.raw, next_attempt_at=False)

    def _sender_died(self):
        # We hold the lock that a living sender would hold.
        self._later("unknown", self.env._("The sending was interrupted; its outcome is unknown."))

    def _later(self, state, text, answer=""):
        self._move_to(state, text, answer, sii_text=text, next_attempt_at=self._next())
        self._call_workers(self.next_attempt_at)

    def _wait(self, text, answer=""):
        self.write({"attempts": self.attempts + 1, "sii_text": text})
        self.next_attempt_at = self._next()
        self._note(text, answer)
        self._call_workers(self.next_attempt_at)

    def _next(self):
        pauses = dict(enumerate(_PAUSES, start=1))
        return fields.Datetime.now() + pauses.get(self.attempts, _PAUSE_AFTERWARDS)

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and tried again later."""
        text = unforeseen(self.env, error)
        if self.state == "sending":
            self._later("unknown", text)
        else:
            self._wait(text)

    def _document(self):
        document = self.received_id
        return document.issuer_rut, document.document_code, document.folio

    def _code_text(self, code, text):
        """What a code of the register means, and the SII's text."""
        row = self.env["l10n_cl.sii.code"]._find("claim", str(code))
        words = f"(SII: {code} {text})".replace(" )", ")")
        return f"{row._sentence()} {words}" if row else words
