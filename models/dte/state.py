from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_datetime
from odoo.tools.translate import LazyTranslate

from ...sii import states
from ..access.entry import EMITTER, entry
from ..access.intact import AlteredFile
from ..access.unforeseen import unforeseen
from ..base.incident import reporting
from ..base.news import tell

_lt = LazyTranslate(__name__)

# What an envelope on its way is waiting for, by its state.
_ENVIO = {
    "ready": _lt("It will be sent to the SII."),
    "sending": _lt("It is being sent to the SII."),
    "unknown": _lt(
        "It is not known whether the SII got it: the SII is asked before it is sent again."
    ),
    "sent": _lt("The SII is checking it."),
}


class Dte(models.Model):
    """The states of a document: which may follow which, what a new one brings about, and what a
    document that is on its way waits for.

    A state changes by ``_move_to`` and by nothing else. Every document that waits states for what,
    and until when.
    """

    _inherit = "l10n_cl.dte"

    waiting_text = fields.Char("What happens next", compute="_compute_waiting_text")

    _legal_moves = {state.name: {*state.becomes} for state in states.OF_DOCUMENTS}

    def _is_live(self):
        """Whether the document exists, or may exist, for the SII."""
        return self.state not in states.DEAD

    def _is_signed(self):
        """Whether its words stand: they were signed, and the SII has not refused them."""
        return bool(self) and self.state != "pending" and self._is_live()

    def _state_changed(self, before):
        """What a new state of these documents brings about, all of it, in this order.

        Notes, mails and answers are parts that their rooms add: note, delivery, received.
        """
        self._follow_state(before)
        self._notes_follow_state()
        self._mails_follow_state(before)
        for document in self:
            if source := document._source():
                source._l10n_cl_state_followed(document)
        self._answers_follow_state()
        self._tell_pages()

    def _tell_pages(self):
        """Open forms and lists of these documents, and of what they were made of, follow."""
        for document in self:
            state, company = document.state, document.company_id
            tell(self.env, company, self._name, {document.id: state})
            model = document.source_model or "account.move"
            if source := document.source_id or document.move_id.id:
                tell(self.env, company, model, {source: state})

    def _follow_state(self, before):
        """Write it on their sources, and call a person or send him away."""
        state = self[:1].state
        if state == "pending":
            self.reason_ids.unlink()
        if state in states.FINAL or state == "exception":
            self._write_on_sources()
        if state in ("rejected", "foreign", "exception"):
            for document in self:
                document._call_a_person()
        elif before in ("exception", "foreign") or state in states.FINAL:
            for sources in self._sources():
                sources.activity_unlink(["l10n_cl_sii.activity_attention"])

    def _write_on_sources(self):
        """The new state, in the chatter of what they were made of."""
        bodies = {}
        for document in self:
            source = document._source()
            bodies[source._name, source.id] = document._state_body()
        for sources in self._sources():
            sources._message_log_batch({each.id: bodies[each._name, each.id] for each in sources})

    def _state_body(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        text = self.env._(
            "SII: %(document)s, %(state)s. %(text)s",
            document=self.display_name,
            state=labels[self.state].lower(),
            text=self.sii_text or "",
        )
        return Markup("<p>%s</p>%s") % (text, self.explanation or "")

    @reporting
    def _call_a_person(self):
        """One activity per invoice, however often it fails: a repeated one is replaced."""
        source = self._source()
        if not source:
            return  # it is gone; the document's state and history say what happened
        source.activity_unlink(["l10n_cl_sii.activity_attention"])
        source.activity_schedule(
            "l10n_cl_sii.activity_attention",
            summary=self.env._("SII: %s needs attention", self.display_name),
            note=self.explanation or self.sii_text or self.waiting_text,
            user_id=source._l10n_cl_person().id,
        )

    def _stop(self, text):
        """A person must act before this document can go on."""
        self._move_to("exception", text, sii_text=text)

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and out of the queue until a person retries. Of what
        the SII has taken only the customer's answers are still asked for: again later."""
        if self.state in states.LEGAL:
            self._ask_answers_later(unforeseen(self.env, error))
            return
        if isinstance(error, AlteredFile):
            self._stop(str(error))
            return
        self._stop(unforeseen(self.env, error))

    @entry("read", EMITTER)
    def action_retry(self):
        """Take up again what stopped: the failed step of the envelope, or the signing."""
        for document in self.sudo().filtered(lambda dte: dte.state == "exception"):
            if document.envio_id:
                document.envio_id._retry()
            else:
                document._move_to("signed", self.env._("Taken up again by hand."))

    @api.depends(
        "state",
        "waits_for_id.state",
        "envio_id.state",
        "envio_id.sii_text",
        "envio_id.next_attempt_at",
    )
    def _compute_waiting_text(self):
        for dte in self:
            dte.waiting_text = dte.state in ("signed", "sent") and dte._waiting_text()

    def _waiting_text(self):
        """For people: an outage of the SII before all, what the note waits for, or its own way."""
        return (
            self.issuer_id._pause_text(self._channel())
            or self._original_lost_text()
            or self._own_waiting_text()
        )

    def _own_waiting_text(self):
        """The SII's last answer, what comes next, and when."""
        envio, origin = self.envio_id, self.waits_for_id
        if not envio and origin and origin.state not in states.LEGAL:
            return self.env._("It is sent once the SII has accepted %s.", origin.display_name)
        answer = envio.sii_text and envio.sii_text.rstrip(".") + "."
        texts = [answer, self.env._(_ENVIO.get(envio.state, _ENVIO["ready"]))]
        if envio.next_attempt_at and envio.next_attempt_at > fields.Datetime.now():
            at = format_datetime(self.env, envio.next_attempt_at, dt_format="short")
            texts.append(self.env._("Next step: %s.", at))
        return " ".join(filter(None, texts))
