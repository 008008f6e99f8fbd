from odoo import api, fields, models

from ...sii.exchange.claims import ClaimAction

ACTIONS = [
    (ClaimAction.ACCEPT.value, "Accept the content"),
    (ClaimAction.RECEIVE_GOODS.value, "Goods or services received"),
    (ClaimAction.CLAIM_CONTENT.value, "Claim the content"),
    (ClaimAction.CLAIM_PARTIAL.value, "Claim: goods missing in part"),
    (ClaimAction.CLAIM_TOTAL.value, "Claim: all goods missing"),
]


class Claim(models.Model):
    """One answer to the SII's register about a document that we received."""

    _name = "l10n_cl.claim"
    _description = "Acceptance or claim of a received document"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin"]
    _order = "id desc"
    _queue = "claim"
    _check_company_auto = True

    # to_send --intent committed--> sending --the register holds it--> done
    # sending --the register refuses it--> refused
    # sending --nothing reached the register, or not now--> to_send
    # sending --no answer, or its worker died--> unknown --the history has it--> done
    # unknown --the history has it not--> to_send
    state = fields.Selection(
        [
            ("to_send", "To send"),
            ("sending", "Being sent"),
            ("unknown", "Outcome unknown"),
            ("done", "Told the SII"),
            ("refused", "Refused by the SII"),
        ],
        required=True,
        default="to_send",
        readonly=True,
    )
    received_id = fields.Many2one(
        "l10n_cl.received.dte",
        "Document",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="received_id.company_id", store=True, index=True)
    action = fields.Selection(ACTIONS, required=True, readonly=True)
    reason = fields.Char(readonly=True, help="For our own records; the SII takes none.")
    sii_text = fields.Char("The SII says", readonly=True)

    _to_send_first = models.Index("(id) WHERE state = 'to_send'")
    _in_between = models.Index("(state) WHERE state IN ('sending', 'unknown')")
    _one_each = models.UniqueIndex(
        "(received_id, action) WHERE state != 'refused'",
        "The SII is told this about the document already.",
    )

    _legal_moves = {
        "to_send": {"sending"},
        "sending": {"to_send", "unknown", "done", "refused"},
        "unknown": {"to_send", "done"},
        "done": set(),
        "refused": set(),
    }

    @api.depends("action", "received_id.display_name")
    def _compute_display_name(self):
        labels = dict(self._fields["action"]._description_selection(self.env))
        for claim in self:
            claim.display_name = f"{claim.received_id.display_name}: {labels.get(claim.action)}"

    def _note(self, text, answer="", before=None):
        """The document's history has what became of its answers."""
        for claim in self if text else ():
            claim.received_id._note(f"{claim.action}: {text}", answer)

    def _state_changed(self, before):
        for claim in self:
            if claim.state == "to_send":
                claim._call_workers()
            elif claim.state == "done":
                claim.received_id._claim_registered(claim)
            elif claim.state == "refused":
                claim.received_id._call_a_person(claim.sii_text)

    @api.model
    def _plan(self, documents, action, reason=""):
        """Put the same answer to several documents into the queue."""
        claims = self.sudo().create(
            [
                {"received_id": document.id, "action": action, "reason": reason}
                for document in documents
            ]
        )
        for claim in claims:
            claim._note(self.env._("To be sent to the SII. %s", reason or "").strip())
        self._call_workers()
        return claims
