from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from ...sii.errors import CertificateProblem, TransportError
from ...sii.exchange.claims import CLAIMS, ClaimAction
from ..base.texts.errors import error_text

_REMIND_BEFORE = timedelta(days=2)
_TOO_LATE, _ACCEPTED, _CLAIMED, _GOODS = "8", "11", "12", "13"


class ReceivedDte(models.Model):
    """Acceptance and claims within the eight days that the law gives."""

    _inherit = "l10n_cl.received.dte"

    claim_ids = fields.One2many("l10n_cl.claim", "received_id", "Answers", readonly=True)
    claim_event_ids = fields.One2many(
        "l10n_cl.claim.event", "received_id", "Events at the SII", readonly=True
    )
    delivery_ids = fields.One2many(
        "l10n_cl.delivery", "received_id", "Answers by mail", readonly=True
    )
    reminded = fields.Boolean(readonly=True)

    @api.model
    def _cron_days(self):
        """Remind, accept by rule, and see what silence has accepted."""
        self._remind()
        self.env["l10n_cl.issuer"]._accept_by_rule()
        over = [("deadline", "<", fields.Datetime.now()), *self._due("verified")]
        self._process_queue(over, lambda document: document._days_are_over())

    @api.model
    def _remind(self):
        now = fields.Datetime.now()
        domain = [
            # one whose signature was not asked about waits for a person, and the law does not
            ("state", "in", ("new", "verified")),
            ("reminded", "=", False),
            ("deadline", ">", now),
            ("deadline", "<=", now + _REMIND_BEFORE),
        ]
        self.env["l10n_cl.incident"]._each_alone(
            self.search(domain), lambda document: document._in_language_of_company()._remind_once()
        )

    def _remind_once(self):
        until = format_datetime(self.env, self.deadline, tz="America/Santiago")
        self._call_a_person(self.env._("Accept or claim it until %s: silence accepts it.", until))
        self.reminded = True

    def _days_are_over(self):
        """Somebody may have claimed it on the SII's portal: the history has it."""
        try:
            history = self._ask_history()
        except CertificateProblem as problem:
            self._wait_for_history(error_text(self.env, problem))
        except TransportError as error:
            self._wait_for_history(error_text(self.env, error), str(error))
        else:
            if history.events:
                texts = ", ".join(event.text or event.code for event in history.events)
                self._move_to("answered", texts, history.raw, next_attempt_at=False)
            else:
                text = self.env._("Eight days passed without a claim.")
                self._move_to("expired", text, history.raw, next_attempt_at=False)

    def _wait_for_history(self, text, answer=""):
        self.next_attempt_at = fields.Datetime.now() + timedelta(hours=6)
        self._note(text, answer)

    def _ask_history(self):
        """The register's events of this document, kept here as well."""
        with self._issuer()._gateway() as gateway:
            history = gateway.claim_history(self.issuer_rut, self.document_code, self.folio)
        self.env["l10n_cl.claim.event"]._keep(self, "received_id", history.events)
        return history

    def _claim_registered(self, claim):
        """The register holds our answer: it is mailed to the supplier as well."""
        if self.state == "verified":
            self._move_to("answered", claim.display_name)
        else:
            self.activity_unlink(["l10n_cl_sii.activity_received"])
        goods = claim.action == ClaimAction.RECEIVE_GOODS
        self.env["l10n_cl.delivery"]._plan_answer(self, "receipts" if goods else "result")

    def _is_claimed(self):
        """Whether we rejected it at the SII."""
        return bool(set(self.claim_event_ids.mapped("code")) & CLAIMS) or any(
            claim.action in CLAIMS and claim.state == "done" for claim in self.claim_ids
        )

    def _claim_obstacle(self, action):
        """Why the SII would not take this action; nothing when it may."""
        if self.state in ("new", "suspect"):
            return self.env._("It has not been verified.")
        if not self._is_claimable():
            return self.env._("Its type can neither be accepted nor claimed.")
        if self.state == "expired" or (self.deadline and self.deadline < fields.Datetime.now()):
            return self._code_sentence(_TOO_LATE)
        answered = set(
            self.claim_ids.filtered(lambda each: each.state != "refused").mapped("action")
        )
        answered |= set(self.claim_event_ids.mapped("code"))
        if action in answered:
            return self.env._("The SII is told this about the document already.")
        if action in CLAIMS and ClaimAction.RECEIVE_GOODS in answered:
            return self._code_sentence(_GOODS)
        if action in CLAIMS and ClaimAction.ACCEPT in answered:
            return self._code_sentence(_ACCEPTED)
        if action not in CLAIMS and answered & CLAIMS:
            return self._code_sentence(_CLAIMED)
        return ""

    def _code_sentence(self, code):
        return self.env["l10n_cl.sii.code"]._find("claim", code)._sentence()
