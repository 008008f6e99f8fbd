from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import EMITTER, entry
from ...models.claim.claim import ACTIONS
from ...sii.exchange.claims import ClaimAction

_BOTH = "both"


class ClaimDocuments(models.TransientModel):
    """Accept or claim one received document, or many at once."""

    _name = "l10n_cl.claim.documents"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Accept or claim received documents"

    document_ids = fields.Many2many(
        "l10n_cl.received.dte", required=True, default=lambda self: self._chosen()
    )
    choice = fields.Selection(
        [(_BOTH, "Accept, goods or services received"), *ACTIONS],
        "What to tell the SII",
        required=True,
        default=_BOTH,
    )
    reason = fields.Char(help="For our own records; the SII takes none.")
    obstacles = fields.Text(compute="_compute_obstacles")

    @api.model
    def _chosen(self):
        """The documents of the list from which it is opened."""
        if self.env.context.get("active_model") != "l10n_cl.received.dte":
            return []
        return [Command.set(self.env.context.get("active_ids", []))]

    @api.depends("document_ids", "choice")
    def _compute_obstacles(self):
        for wizard in self:
            wizard.obstacles = "\n".join(wizard._obstacle_texts())

    def _actions(self):
        both = [ClaimAction.ACCEPT.value, ClaimAction.RECEIVE_GOODS.value]
        return both if self.choice == _BOTH else [self.choice]

    def _obstacle_texts(self):
        for document in self.document_ids:
            found = [document._claim_obstacle(action) for action in self._actions()]
            if text := next(filter(None, found), ""):
                yield f"{document.display_name}: {text}"

    @entry("write", EMITTER)
    def action_send(self):
        """Put the answers to all documents into the queue; all or none."""
        self.ensure_one()
        if texts := list(self._obstacle_texts()):
            raise UserError("\n".join(texts))
        for action in self._actions():
            self.env["l10n_cl.claim"]._plan(self.document_ids, action, self.reason or "")
        return {"type": "ir.actions.act_window_close"}
