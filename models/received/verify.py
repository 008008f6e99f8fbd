from datetime import UTC, timedelta

from odoo import api, fields, models

from ...sii import kinds, rut
from ...sii.errors import Busy, CertificateProblem, TransportError, UnsafeXml
from ...sii.exchange import claims
from ...sii.transport.replies import DocumentVerdict
from ...sii.transport.signature_status import ODD_ANSWERS
from ..access.entry import EMITTER, entry
from ..base.texts.errors import error_text
from ..issuer.channels import BOLETA, DTE
from .verdicts import DIFFERS, HELD, UNASKED, WAITING, sii_verdict

# A supplier mails as soon as it has sent: the SII may show the document only hours later.
_UNKNOWN_PAUSES = [timedelta(minutes=m) for m in (10, 60, 360, 1440)]
_PAUSES = [timedelta(minutes=m) for m in (5, 30, 120, 480)]
# A service of the SII's that stays silent about signatures is not waited for longer than so.
_SIGNATURE_TRIES = 2


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
        """Ask the SII about the documents that arrived, and about other files of them."""
        self._process_queue(self._due("new"), lambda received: received._verify())
        files = [
            ("sii_verdict", "=", UNASKED),
            ("file_ids.sii_verdict", "=", WAITING),
            *self._due("verified", "answered", "expired"),
        ]
        self._process_queue(files, lambda received: received._verify())

    def _verify(self):
        issuer = self._issuer()
        try:
            status = self._ask_files(issuer)
            at = None
            if status.verdict == DocumentVerdict.MATCHES and self._is_claimable():
                with issuer._gateway() as gateway:
                    at = gateway.received_at(self.issuer_rut, self.document_code, self.folio)
        except CertificateProblem as problem:
            self._ask_again(error_text(self.env, problem))
        except TransportError as error:
            self._ask_again(error_text(self.env, error), str(error))
        except UnsafeXml as problem:
            self._judged_anew(error_text(self.env, problem))
        else:
            self._take_answer(status, at)

    def _ask_files(self, issuer):
        """The SII's answer about the file that counts, or about another that takes its place."""
        status = self._ask_status(issuer, self._document())
        if status.verdict != DocumentVerdict.DIFFERS:
            return status
        for file in self.file_ids._may_be_the_siis():
            found = self._ask_status(issuer, file._document())
            file.sii_verdict = sii_verdict(found)
            if found.verdict == DocumentVerdict.MATCHES and found.signature_asked:
                self._promote(file)
                return found
        return status

    def _ask_status(self, issuer, document):
        """What the SII holds of a sii.received.document.ReceivedDte, its signature if it can be
        asked."""
        asked = (
            self.issuer_rut,
            rut.canonical(document.receiver_rut),
            self.document_code,
            self.folio,
            document.issued_on,
            int(document.totals.total),
        )
        if kinds.of(self.document_code).is_boleta:
            with issuer._gateway(BOLETA) as gateway:
                return gateway.document_status(*asked)
        with issuer._gateway(DTE) as gateway:
            try:
                value = document.authenticity.signature_value
                return gateway.signature_status(*asked, value)
            except Busy as silence:
                if silence.code not in ODD_ANSWERS and self.attempts < _SIGNATURE_TRIES:
                    raise
                text = self.env._("The SII gave no clear answer about the signature.")
                self._note(text, str(silence))
            return gateway.document_status(*asked)

    def _take_answer(self, status, at):
        """The SII's answer about the document decides its state."""
        text = status.words
        values = {"sii_text": text, "sii_verdict": sii_verdict(status), "next_attempt_at": False}
        if values["sii_verdict"] == HELD:
            # of each document it holds one signature
            self.file_ids._may_be_the_siis().sii_verdict = DIFFERS
        if status.verdict == DocumentVerdict.MATCHES:
            deadline = claims.deadline(at).astimezone(UTC).replace(tzinfo=None) if at else False
            values["received_at"] = at.astimezone(UTC).replace(tzinfo=None) if at else False
            values["deadline"] = deadline
            if self.state != "new":
                self._take_later_answer(values, text, status.raw)
            elif status.signature_asked or kinds.of(self.document_code).is_boleta:
                self._move_to("verified", text, status.raw, **values)
                self._verified()
            else:
                self._wait_for_a_decision(values, status.raw)
        elif self.state != "new":
            self._take_later_answer(values, text, status.raw)
            self._call_a_person(self.env._("Asked again, the SII says of this document: %s", text))
        elif status.verdict == DocumentVerdict.UNKNOWN and self.unknown_answers < len(
            _UNKNOWN_PAUSES
        ):
            at = fields.Datetime.now() + _UNKNOWN_PAUSES[self.unknown_answers]
            self.write({"unknown_answers": self.unknown_answers + 1, "sii_verdict": "unknown"})
            self._wait_until(at, text, status.raw)
        else:
            self._move_to("suspect", text, status.raw, **values)

    def _take_later_answer(self, values, text, answer):
        """The SII was asked again about a document that was verified before."""
        kept = {name: values[name] for name in ("sii_text", "sii_verdict", "next_attempt_at")}
        self.file_ids.filtered(lambda file: file.sii_verdict == WAITING).sii_verdict = UNASKED
        self.write(kept)
        self._note(text, answer)

    def _wait_for_a_decision(self, values, answer):
        """The amount is right and the signature was not asked: a person decides, not a rule.

        The SII is asked again meanwhile; days to claim run all the same.
        """
        text = self.env._(
            "%s. The SII was not asked about the signature: compare the document with what you "
            "bought and press “Take without the Signature”. The SII is asked again meanwhile.",
            values["sii_text"],
        )
        called_before = self.sii_verdict == UNASKED
        pause = _UNKNOWN_PAUSES[min(self.unknown_answers, len(_UNKNOWN_PAUSES) - 1)]
        at = fields.Datetime.now() + pause
        self.write({**values, "unknown_answers": self.unknown_answers + 1, "next_attempt_at": at})
        self._note(text, answer)
        if not called_before:
            self._call_a_person(text)
        self._call_workers(at)

    @entry("read", EMITTER)
    def action_take_unsigned(self):
        """Button: a person takes documents whose signature the SII was not asked about."""
        for received in self.sudo():
            if received.state == "new" and received.sii_verdict == UNASKED:
                text = received.env._(
                    "%s took it, although the SII was not asked about its signature.",
                    self.env.user.name,
                )
                received._move_to("verified", text, next_attempt_at=False)
                received._verified()

    def _judged_anew(self, text):
        """The file cannot be read by today's reader, which is stricter than yesterday's."""
        if self.state == "new":
            self._move_to("suspect", text, problems=text, next_attempt_at=False)
        else:
            self.file_ids.filtered(lambda file: file.sii_verdict == WAITING).sii_verdict = UNASKED
            self._note(text)
            self._call_a_person(text)

    def _verified(self):
        """The SII holds it: a bill is drafted, odd files are shown, its supplier is answered."""
        if kinds.of(self.document_code).billed:
            self._make_bill()
        self._call_about_odd_files()
        self.env["l10n_cl.delivery"]._plan_answer(self, "reception")

    def _is_claimable(self):
        return kinds.of(self.document_code).claimable

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
