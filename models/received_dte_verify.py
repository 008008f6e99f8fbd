from datetime import UTC, timedelta

from odoo import api, fields, models

from ..sii import claims
from ..sii.codes import BOLETA_KINDS
from ..sii.errors import CertificateProblem, TransportError
from ..sii.transport.replies import DocumentVerdict
from .base_access import EMITTER, entry
from .channels import BOLETA, DTE
from .text_certificate import certificate_problem_text
from .text_sii import transport_problem_text

# A supplier mails as soon as it has sent: the SII may show the document only hours later.
_UNKNOWN_PAUSES = [timedelta(minutes=m) for m in (10, 60, 360, 1440)]
_PAUSES = [timedelta(minutes=m) for m in (5, 30, 120, 480)]


class ReceivedDte(models.Model):
    """Whether the SII holds what was sent to us, asked before a bill is made."""

    _inherit = "l10n_cl.received.dte"

    deadline = fields.Datetime(
        "Claim until",
        readonly=True,
        index=True,
        help="Eight calendar days after the SII received it. Silence accepts the document.",
    )

    @api.model
    def _cron_verify(self):
        """Ask the SII about the documents that arrived."""
        self._process_queue(self._due("new"), lambda received: received._verify())

    def _verify(self):
        issuer = self._issuer()
        try:
            status = self._ask_status(issuer)
            at = None
            if status.verdict == DocumentVerdict.MATCHES and self._is_claimable():
                with issuer._gateway() as gateway:
                    at = gateway.received_at(self.issuer_rut, self.document_code, self.folio)
        except CertificateProblem as problem:
            self._ask_again(certificate_problem_text(self.env, problem))
        except TransportError as error:
            self._ask_again(transport_problem_text(self.env, error), str(error))
        else:
            self._told(status, at)

    def _ask_status(self, issuer):
        with issuer._gateway(BOLETA if self.document_code in BOLETA_KINDS else DTE) as gateway:
            return gateway.document_status(
                self.issuer_rut,
                self.receiver_rut,
                self.document_code,
                self.folio,
                self.issued_on,
                int(self.amount_total),
            )

    def _told(self, status, at):
        text = f"{status.sii_code} {status.text}".strip()
        if status.verdict == DocumentVerdict.MATCHES:
            deadline = claims.deadline(at).astimezone(UTC).replace(tzinfo=None) if at else False
            self._move_to(
                "verified",
                text,
                status.raw,
                sii_text=text,
                received_at=at.astimezone(UTC).replace(tzinfo=None) if at else False,
                deadline=deadline,
                next_attempt_at=False,
            )
            self._verified()
        elif status.verdict == DocumentVerdict.UNKNOWN and self.unknown_answers < len(
            _UNKNOWN_PAUSES
        ):
            at = fields.Datetime.now() + _UNKNOWN_PAUSES[self.unknown_answers]
            self.unknown_answers += 1
            self._wait_until(at, text, status.raw)
        else:
            self._move_to("suspect", text, status.raw, sii_text=text, next_attempt_at=False)

    def _verified(self):
        """Consequences of the SII's yes."""

    def _is_claimable(self):
        return self.document_code in claims.CLAIMABLE_KINDS

    def _ask_again(self, text, answer=""):
        """The SII gave no answer."""
        pauses = dict(enumerate(_PAUSES, start=1))
        self.attempts += 1
        at = fields.Datetime.now() + pauses.get(self.attempts, timedelta(days=1))
        self._wait_until(at, text, answer)

    def _wait_until(self, at, text, answer):
        self.write({"next_attempt_at": at, "sii_text": text})
        self._note(text, answer)
        self._call_workers(at)

    @entry("read", EMITTER)
    def action_ask_again(self):
        """Button: ask the SII once more about a suspect document that nobody altered."""
        for received in self.sudo().filtered(lambda row: row.state == "suspect"):
            if not received.problems:
                received._move_to(
                    "new", self.env._("Asked again by hand."), attempts=0, unknown_answers=0
                )
