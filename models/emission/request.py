from odoo import api, fields, models
from odoo.exceptions import UserError

from ..access.entry import EMITTER, entry
from ..base.incident import reporting
from ..base.today import today


class EmissionRequest(models.Model):
    """One obligation to emit a tax document: it exists before anything can fail.

    Its key has a unique index, so a payment reported twice, a webhook and the due date all meet the
    same row, and one document comes out.
    """

    _name = "l10n_cl.emission.request"
    _description = "Obligation to emit a document"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "due_on desc, id desc"
    _queue = "requests"
    _check_company_auto = True

    # waiting --paid, or due--> ready --invoice posted and signed--> done
    # ready, waiting --something is missing--> parked --it was fixed, or retry--> ready, waiting
    # waiting, ready, parked --not wanted any more, or given up--> cancelled --taken up--> any open
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("ready", "Ready"),
            ("parked", "Parked"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    _legal_moves = {
        "waiting": {"ready", "parked", "cancelled"},
        "ready": {"waiting", "done", "parked", "cancelled"},
        "parked": {"waiting", "ready", "parked", "cancelled"},
        "cancelled": {"waiting", "ready", "parked"},
        "done": set(),
    }
    key = fields.Char(required=True, readonly=True, help="What is owed; once and only once.")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    statement_id = fields.Many2one(
        "l10n_cl.statement", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_id = fields.Many2one(related="statement_id.order_id", store=True)
    partner_id = fields.Many2one(
        related="statement_id.partner_id", string="Buyer", store=True, index=True
    )
    policy_id = fields.Many2one(
        "l10n_cl.emission.policy",
        compute="_compute_policy_id",
        compute_sudo=True,
        help="In force now.",
    )
    due_on = fields.Date("Due date", related="statement_id.due_date", store=True)
    amount = fields.Monetary(related="statement_id.amount")
    currency_id = fields.Many2one(related="statement_id.currency_id")
    payment_state = fields.Selection(related="statement_id.state", string="Payment")
    waits_for = fields.Char("Waits for", compute="_compute_waits_for", compute_sudo=True)
    ready_at = fields.Datetime(
        readonly=True, help="When its payment or its date came: the order of emission."
    )
    asked_for = fields.Boolean(readonly=True, help="Somebody asked for it without waiting.")
    given_up = fields.Boolean(readonly=True, help="By a person; only a person takes it up again.")
    foreseen = fields.Char("Will be missing", compute="_compute_foreseen", compute_sudo=True)
    move_id = fields.Many2one("account.move", "Invoice", readonly=True, ondelete="restrict")
    dte_id = fields.Many2one(related="move_id.l10n_cl_dte_id")
    reason_code = fields.Char("Reason", readonly=True)
    reason_text = fields.Char("What is missing", readonly=True)
    reason_field = fields.Char("Field", readonly=True)
    reason_model = fields.Char(readonly=True)
    reason_res_id = fields.Many2oneReference(
        "Record to mend", model_field="reason_model", readonly=True
    )
    parked_at = fields.Datetime("Parked since", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", compute="_compute_user_id", store=True)
    event_ids = fields.One2many("l10n_cl.event", "request_id", "History")

    _one_each = models.UniqueIndex("(company_id, key)", "This is owed once already.")
    _work = models.Index("(state, due_on, id) WHERE state IN ('waiting', 'ready')")
    _ready = models.Index("(company_id, ready_at, id) WHERE state = 'ready'")
    _parked = models.Index("(reason_model, reason_res_id) WHERE state = 'parked'")
    _claim_order = "ready_at, id"
    _claim_turns = "company_id"

    @api.depends("statement_id.display_name")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.statement_id.display_name

    @api.depends("order_id.l10n_cl_emission_policy_id", "company_id.l10n_cl_emission_policy_id")
    def _compute_policy_id(self):
        for request in self:
            request.policy_id = request.order_id._l10n_cl_policy()

    @api.depends("order_id.user_id")
    def _compute_user_id(self):
        for request in self:
            request.user_id = request.order_id.user_id or request.order_id.create_uid

    @api.depends("state", "payment_state", "due_on")
    def _compute_waits_for(self):
        for request in self:
            request.waits_for = request.state == "waiting" and request._waits_for_text()

    def _waits_for_text(self):
        if self.policy_id.emit_at == "payment":
            return self.env._("Its payment.")
        if self.due_on and self.due_on > today(self.company_id):
            return self.env._("Its due date.")
        return self.env._("Its payment: it is due and unpaid.")

    def _compute_foreseen(self):
        """What would park a waiting one if its moment came now, shown before it comes."""
        for request in self:
            obstacle = request._foreseen_obstacle() if request.state == "waiting" else None
            request.foreseen = obstacle and obstacle.text

    def _document(self):
        """``invoice`` or ``receipt``: what the buyer chose where the policy leaves it open."""
        chosen = self.policy_id.document == "selectable" and self.order_id.l10n_cl_chosen_document
        return chosen or self.policy_id._document_for(self.partner_id)

    def _event_field(self):
        return "request_id"

    @api.model
    def _open_for_statements(self, statements, given_up=False):
        """The obligation of each statement, once."""
        requests = self.create(
            [
                {
                    "key": f"statement:{statement.uuid}",
                    "company_id": statement.company_id.id,
                    "statement_id": statement.id,
                    "given_up": given_up,
                }
                for statement in statements
            ]
        )
        requests._reconsider()
        return requests

    @reporting
    def _call_a_person(self):
        self._l10n_cl_call(
            "l10n_cl_sii.activity_emission",
            self.env._("Not emitted: %s", self.display_name),
            self.reason_text,
            *(self.user_id, self.env.user),
        )

    @entry("read", EMITTER)
    def action_retry(self):
        """Button: try what is parked or was given up again."""
        stuck = self.sudo().filtered(lambda request: request.state in ("parked", "cancelled"))
        stuck.given_up = False
        stuck._reconsider(self.env._("Taken up again by hand."))

    @entry("read", EMITTER)
    def action_emit_now(self):
        """Button, and for automated actions: emit without waiting for payment or date."""
        self.sudo().write({"asked_for": True, "given_up": False})
        self.sudo()._reconsider(self.env._("Asked for now."))

    @entry("read", EMITTER)
    def action_cancel(self):
        """Button: nothing is to be emitted for this statement."""
        for request in self.sudo():
            if request.state == "done":
                raise UserError(
                    self.env._("%s is emitted already: make a credit note.", request.display_name)
                )
            request.write({"given_up": True, "asked_for": False})
            if request.state != "cancelled":
                request._move_to("cancelled", self.env._("Given up by hand."))

    @entry()
    def action_open_reason(self):
        """Button: the record that must be fixed."""
        self.ensure_one()
        if self.reason_model not in self.env:
            raise UserError(self.env._("Nothing is named that would have to be mended."))
        return self.env[self.reason_model].browse(self.reason_res_id)._get_records_action()
