from odoo import fields, models

from ..access.entry import EMITTER, entry
from ..access.intact import AlteredFile
from ..access.unforeseen import unforeseen
from ..issuer.channels import BOLETA, DTE


class Envio(models.Model):
    """A signed envelope of documents, and its way to the SII.

    Its bytes are stored before anything is sent, and what was sent never changes: it is only sent
    again, and only when the SII does not hold it. Sealed in seal.py, let go in fit.py, sent in
    upload.py, asked for in poll.py, together.py and probe.py, judged in verdict.py, kept in
    packed.py.
    """

    _name = "l10n_cl.envio"
    _description = "Envelope sent to the SII (envío)"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin", "l10n_cl.intact.mixin"]
    _order = "id desc"
    _claim_turns = "issuer_id"
    _check_company_auto = True

    # ready --claim--> sending --track id--> sent --poll--> processed | refused
    # sending --the SII refuses for now, or nothing left us--> ready
    # sending --the SII refuses--> refused | exception
    # sending --no answer, or its worker died--> unknown --the SII has it--> sent
    #                                            unknown --it never got it--> ready (same bytes)
    #                        unknown --its folios hold others' documents--> processed
    # ready, sent, unknown --tries used up, or a person must act--> exception --retry--> back
    # exception --a person saw the verdicts on the SII's portal--> processed
    state = fields.Selection(
        [
            ("ready", "To send"),
            ("sending", "Being sent"),
            ("unknown", "Outcome unknown"),
            ("sent", "Sent"),
            ("processed", "Processed"),
            ("refused", "Refused"),
            ("exception", "Needs attention"),
        ],
        required=True,
        default="ready",
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    issuer_id = fields.Many2one("l10n_cl.issuer", required=True, readonly=True, ondelete="restrict")
    environment = fields.Selection(related="issuer_id.environment")
    # boletas have a door of their own at the SII, which may be shut while the other is open
    channel = fields.Selection(
        [(DTE, "Invoices and notes (DTEUpload)"), (BOLETA, "Boletas (REST)")],
        required=True,
        default=DTE,
        readonly=True,
        index=True,
        help="The SII's service that it goes through.",
    )
    bulk = fields.Boolean(readonly=True, help="Posted with many others: nobody waits for it.")
    dte_ids = fields.One2many("l10n_cl.dte", "envio_id", "Documents", readonly=True)
    xml_name = fields.Char(compute="_compute_xml_name")
    track_id = fields.Char("Track ID", readonly=True, index=True)
    first_sent_at = fields.Datetime(readonly=True)
    polls = fields.Integer("Status queries", readonly=True)
    probes = fields.Integer("Searches at the SII", readonly=True)
    stopped_in = fields.Char(readonly=True, help="The state that a retry goes back to.")
    sii_text = fields.Char("The SII says", readonly=True)
    event_ids = fields.One2many("l10n_cl.event", "envio_id", "History")

    # what waits, and whose turn it is (queue/claim.py); without statistics of today, too
    _ready = models.Index("(issuer_id, COALESCE(bulk, FALSE), id) WHERE state = 'ready'")
    _sent = models.Index("(issuer_id, COALESCE(bulk, FALSE), id) WHERE state = 'sent'")
    _in_between = models.Index("(state) WHERE state IN ('sending', 'unknown', 'exception')")

    _legal_moves = {
        "ready": {"sending", "exception"},
        "sending": {"ready", "sent", "unknown", "refused", "exception"},
        "unknown": {"sent", "ready", "processed", "exception"},
        "sent": {"processed", "refused", "exception"},
        "exception": {"ready", "sent", "unknown", "processed"},
        "processed": set(),
        "refused": set(),
    }

    def _compute_display_name(self):
        for envio in self:
            envio.display_name = self.env._("Envío %s", envio.track_id or envio.id)

    def _compute_xml_name(self):
        for envio in self:
            envio.xml_name = f"envio_{envio.id}.xml"

    def _event_field(self):
        return "envio_id"

    def _stop(self, text, answer="", back_to=None):
        """A person must act: state it on the envelope and on each of its documents.

        back_to: the state that a retry takes up; the present one unless given.
        """
        # a sender that stopped without a clear answer leaves the outcome unknown
        back_to = back_to or {"sending": "unknown"}.get(self.state, self.state)
        held = self.may_be_held or back_to == "unknown"
        self._move_to(
            "exception", text, answer, stopped_in=back_to, sii_text=text, may_be_held=held
        )
        for document in self._undecided():
            document._move_to("exception", text, sii_text=text)

    def _retry(self):
        """Take up again what stopped; what must be is sealed anew first."""
        self._unseal_unfit()
        for envio in self:
            envio._move_to(
                envio.stopped_in,
                self.env._("Taken up again by hand."),
                attempts=0,
                next_attempt_at=False,
            )
            after = "sent" if envio.state == "sent" else "signed"
            stopped = envio.dte_ids.filtered(lambda dte: dte.state == "exception")
            stopped._move_to(after, self.env._("Taken up again by hand."))
        self._wake("send")
        self._wake("poll")
        self._wake("probe")

    @entry("read", EMITTER)
    def action_retry(self):
        """Button: try again what stopped."""
        self.sudo().filtered(lambda envio: envio.state == "exception")._retry()

    def _process_failed(self, error):
        """An error nobody foresaw: visible, and out of the queue until a person retries."""
        if isinstance(error, AlteredFile):
            self._stop(str(error))
            return
        self._stop(unforeseen(self.env, error), str(error))
