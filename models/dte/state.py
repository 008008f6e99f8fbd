from markupsafe import Markup

from odoo import models

from ..access.entry import EMITTER, entry
from ..access.intact import AlteredFile
from ..access.unforeseen import unforeseen
from ..base.incident import telling

FINAL_STATES = ("accepted", "objected", "rejected", "foreign")
# The folio is no longer this invoice's, for two different reasons.
GIVEN_UP = ("void", "elsewhere")
# The SII holds nothing of what the document says.
DEAD_STATES = ("rejected", "foreign", *GIVEN_UP)


class Dte(models.Model):
    _inherit = "l10n_cl.dte"

    _legal_moves = {
        "pending": {"signed", "exception"},
        "signed": {"sent", "rejected", "foreign", "exception", "void"},
        "sent": {"accepted", "objected", "rejected", "foreign", "signed", "exception"},
        "exception": {"signed", "sent", "rejected", "foreign", "void"},
        "rejected": {"pending", "foreign", "void"},
        "foreign": {"elsewhere"},
        "void": set(),
        "elsewhere": set(),
        "accepted": set(),
        "objected": set(),
    }

    def _is_live(self):
        """Whether the document exists, or may exist, for the SII."""
        return self.state not in DEAD_STATES

    def _is_signed(self):
        """Whether its words stand: they were signed, and the SII has not refused them."""
        return bool(self) and self.state != "pending" and self._is_live()

    def _state_changed(self, before):
        move = self.move_id
        if self.state == "pending":
            self.reason_ids.unlink()
        if self.state in ("accepted", "objected"):
            # notes over this document were waiting for it
            self.env["l10n_cl.envio"]._wake("send")
        if self.state in FINAL_STATES or self.state == "exception":
            labels = dict(self._fields["state"]._description_selection(self.env))
            text = self.env._(
                "SII: %(document)s, %(state)s. %(text)s",
                document=self.display_name,
                state=labels[self.state].lower(),
                text=self.sii_text or "",
            )
            move.message_post(body=Markup("<p>%s</p>%s") % (text, self.explanation or ""))
        if self.state in ("rejected", "foreign", "exception"):
            self._call_a_person()
        elif before in ("exception", "foreign") or self.state in FINAL_STATES:
            move.activity_unlink(["l10n_cl_sii.activity_attention"])

    @telling
    def _call_a_person(self):
        """One activity per invoice, however often it fails: a repeated one is replaced."""
        move = self.move_id
        move.activity_unlink(["l10n_cl_sii.activity_attention"])
        move.activity_schedule(
            "l10n_cl_sii.activity_attention",
            summary=self.env._("SII: %s needs attention", self.display_name),
            note=self.explanation or self.sii_text or self.waiting_text,
            user_id=move.company_id._l10n_cl_responsible(
                move.invoice_user_id, move.create_uid, record=move
            ).id,
        )

    def _stop(self, text):
        """A person must act before this document can go on."""
        self._move_to("exception", text, sii_text=text)

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and out of the queue until a person retries."""
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
