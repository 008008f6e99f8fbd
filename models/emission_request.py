from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..sii import clock


class EmissionRequest(models.Model):
    """One obligation to emit a tax document: it exists before anything can fail.

    Its key has a unique index, so a payment told twice, a webhook and the due date all meet the
    same row, and one document comes out.
    """

    _name = "l10n_cl.emission.request"
    _description = "Obligation to emit a document"
    _inherit = ["l10n_cl.state.mixin", "l10n_cl.queue.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "due_on desc, id desc"
    _check_company_auto = True

    # waiting --paid, or due--> ready --invoice posted and signed--> done
    # ready, waiting --something is missing--> parked --it was mended, or retry--> ready
    # waiting, ready, parked --paid back, or given up--> cancelled --paid again--> waiting
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
        index=True,
    )
    _legal_moves = {
        "waiting": {"ready", "parked", "cancelled"},
        "ready": {"waiting", "done", "parked", "cancelled"},
        "parked": {"waiting", "ready", "parked", "cancelled"},
        "cancelled": {"waiting"},
        "done": set(),
    }
    key = fields.Char(required=True, readonly=True, help="What is owed; once and only once.")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    statement_id = fields.Many2one(
        "l10n_cl.statement", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_id = fields.Many2one(related="statement_id.order_id", store=True)
    partner_id = fields.Many2one(related="statement_id.partner_id", store=True, index=True)
    policy_id = fields.Many2one(
        "l10n_cl.emission.policy", "Policy", compute="_compute_policy_id", help="In force now."
    )
    due_on = fields.Date("Due date", related="statement_id.due_date", store=True)
    amount = fields.Monetary(related="statement_id.amount")
    currency_id = fields.Many2one(related="statement_id.currency_id")
    payment_state = fields.Selection(related="statement_id.state", string="Payment")
    waits_for = fields.Char("Waits for", compute="_compute_waits_for")
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

    @api.depends("state", "payment_state", "due_on", "policy_id.emit_at")
    def _compute_waits_for(self):
        for request in self:
            request.waits_for = request.state == "waiting" and request._waits_for_text()

    def _waits_for_text(self):
        if self.policy_id.emit_at == "payment":
            return self.env._("Its payment.")
        if self.due_on and self.due_on > clock.today():
            return self.env._("Its due date.")
        return self.env._("Its payment: it is due and unpaid.")

    def _event_field(self):
        return "request_id"

    @api.model
    def _open_for_statements(self, statements):
        """The obligation of each statement, once."""
        requests = self.create(
            [
                {
                    "key": f"statement:{statement.uuid}",
                    "company_id": statement.company_id.id,
                    "statement_id": statement.id,
                }
                for statement in statements
            ]
        )
        requests._reconsider()
        return requests

    def _reconsider(self):
        """After a payment, a change of date or of policy: is it time to emit?"""
        for request in self.filtered(lambda request: request.state not in ("done",)):
            wanted = request._state_wanted()
            if request.state == "parked" and wanted == "ready":
                continue  # it is retried when the named record changes
            if wanted != request.state:
                request._move_to(wanted, request._state_text(wanted))

    def _state_wanted(self):
        """What the money and the calendar say; the same whatever came first."""
        policy, statement = self.policy_id, self.statement_id
        paid = statement.state == "paid"
        if statement.state == "refunded":
            return "cancelled"
        if policy.emit_at == "due_date":
            due = statement.due_date <= clock.today()
            return "ready" if due and (paid or policy.emit_unpaid) else "waiting"
        return "ready" if paid else "waiting"

    def _state_text(self, state):
        return {
            "ready": self.env._("It is time to emit."),
            "waiting": self.env._("Waits."),
            "cancelled": self.env._("Paid back before it was emitted."),
        }[state]

    def _state_changed(self, before):
        if self.state == "ready":
            self._call_workers()
        if self.state == "parked":
            self._call_a_person()
        elif before == "parked":
            self.activity_unlink(["l10n_cl_sii.activity_emission"])

    def _call_workers(self):
        self.env.ref("l10n_cl_sii.cron_requests").sudo()._trigger()

    def _call_a_person(self):
        self.activity_unlink(["l10n_cl_sii.activity_emission"])
        self.activity_schedule(
            "l10n_cl_sii.activity_emission",
            summary=self.env._("Not emitted: %s", self.display_name),
            note=self.reason_text,
            user_id=self.user_id.id or self.env.uid,
        )

    def action_retry(self):
        """Button: try what is parked again."""
        self._check_may_act()
        parked = self.sudo().filtered(lambda request: request.state == "parked")
        for request in parked:
            request._move_to("ready", self.env._("Taken up again by hand."))

    def action_cancel(self):
        """Button: nothing is to be emitted for this statement."""
        self._check_may_act()
        for request in self.sudo():
            if request.state == "done":
                raise UserError(
                    self.env._("%s is emitted already: make a credit note.", request.display_name)
                )
            request._move_to("cancelled", self.env._("Given up by hand."))

    def action_open_reason(self):
        """Button: the record that must be mended."""
        self.ensure_one()
        return self.env[self.reason_model].browse(self.reason_res_id)._get_records_action()

    def _check_may_act(self):
        if not self.env.user.has_group("l10n_cl_sii.group_emitter"):
            raise AccessError(self.env._("You need the right to emit tax documents."))


class Event(models.Model):
    _inherit = "l10n_cl.event"

    request_id = fields.Many2one(
        "l10n_cl.emission.request", index=True, ondelete="cascade", readonly=True
    )

    @api.depends("request_id")
    def _compute_company_id(self):
        with_request = self.filtered("request_id")
        for event in with_request:
            event.company_id = event.request_id.company_id
        return super(Event, self - with_request)._compute_company_id()

    @api.depends("request_id")
    def _compute_state_label(self):
        with_request = self.filtered("request_id")
        for event in with_request:
            labels = dict(event.request_id._fields["state"]._description_selection(self.env))
            event.state_label = labels.get(event.to_state)
        return super(Event, self - with_request)._compute_state_label()
