from datetime import timedelta

from odoo import api, fields, models

from ...sii import kinds, states
from ...sii.errors import CertificateProblem, TransportError
from ...sii.exchange.claims import CLAIMS, TERM, ClaimAction
from ..base.texts.errors import error_text

_EVERY = timedelta(hours=12)
_SOON = timedelta(hours=1)


class Dte(models.Model):
    """What the customer answers in the SII's register about a document of ours, while it may."""

    _inherit = "l10n_cl.dte"

    claim_event_ids = fields.One2many(
        "l10n_cl.claim.event", "dte_id", "Customer's answers", readonly=True
    )
    answer = fields.Selection(
        [
            ("open", "May still be claimed"),
            ("accepted", "Accepted"),
            ("claimed", "Claimed"),
            ("silent", "Accepted by silence"),
        ],
        "Customer",
        readonly=True,
    )
    answer_until = fields.Datetime("Customer may claim until", readonly=True)
    answer_asked_at = fields.Datetime("Ask for answers at", readonly=True, index="btree_not_null")

    def _answers_follow_state(self):
        """From now on the customer may claim it, for as long as the law lets him."""
        if self[:1].state in states.LEGAL:
            now = fields.Datetime.now()
            claimable = self.filtered(lambda dte: kinds.of(dte.document_code).claimable)
            claimable.write(
                {"answer": "open", "answer_until": now + TERM, "answer_asked_at": now + _SOON}
            )

    @api.model
    def _cron_ask_answers(self):
        """Ask the register about the documents whose eight days run."""
        due = [("answer_asked_at", "<=", fields.Datetime.now())]
        self._process_queue(due, lambda document: document._ask_answers())

    def _ask_answers(self):
        try:
            with self.issuer_id._gateway() as gateway:
                history = gateway.claim_history(self.issuer_rut, self.document_code, self.folio)
        except CertificateProblem as problem:
            self._ask_answers_later(error_text(self.env, problem))
        except TransportError as error:
            self._ask_answers_later(error_text(self.env, error), str(error))
        else:
            self._take_answers(history)

    def _ask_answers_later(self, text, answer=""):
        self.answer_asked_at = fields.Datetime.now() + _EVERY
        self._note(text, answer)

    def _take_answers(self, history):
        now = fields.Datetime.now()
        over = now > self.answer_until
        new = self.env["l10n_cl.claim.event"]._keep(self, "dte_id", history.events)
        codes = set(self.claim_event_ids.mapped("code"))
        if codes & CLAIMS:
            answer = "claimed"
        elif codes & {ClaimAction.ACCEPT, ClaimAction.RECEIVE_GOODS}:
            answer = "accepted"
        else:
            answer = "silent" if over else "open"
        self.write({"answer": answer, "answer_asked_at": False if over else now + _EVERY})
        self._write_answers(new, history.raw)
        if any(event.code in CLAIMS for event in new):
            summary = self.env._("The customer claimed %s at the SII", self.display_name)
            answers = self.claim_event_ids.mapped(lambda each: each.text or each.code)
            self._call_a_person_about_answer(summary, ", ".join(answers))

    def _write_answers(self, events, answer=""):
        """Write new events into the history and on its source. answer: the SII's, as it came."""
        for event in events:
            text = self.env._("Customer: %s", event.text or event.code)
            self._note(text, answer)
            body = f"{self.display_name}. {text}"
            self._source().message_post(body=body)

    def _call_a_person_about_answer(self, summary, note):
        source = self._source()
        source.activity_schedule(
            "l10n_cl_sii.activity_attention",
            summary=summary,
            note=note,
            user_id=source._l10n_cl_person().id,
        )
