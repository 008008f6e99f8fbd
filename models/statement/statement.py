import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..access.guard import ALWAYS, BIRTH
from ..access.unforeseen import unforeseen
from ..base.today import today
from ..emission.emit import LOOK_AGAIN_AFTER

# Whose money has arrived: nothing of them may be edited.
SETTLED = ("paid", "refunded", "processing_payment")
# Of which nothing is owed any more
CLOSED = ("paid", "refunded", "canceled")
# Fields of what is owed
OWED = {"amount", "currency_id", "due_date", "line_ids", "order_id"}


class Statement(models.Model):
    """What one buyer owes on one day: all of a single payment, or an instalment.

    The obligation to emit its document is a record of its own from the first moment
    (``request_id``), made in the same transaction.
    """

    _name = "l10n_cl.statement"
    _description = "Statement of what a buyer owes"
    _inherit = [
        "l10n_cl.state.mixin",
        "l10n_cl.given.mixin",
        "l10n_cl.queue.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "due_date, id"
    _check_company_auto = True
    _legal_moves = {
        "pending": {"processing_payment", "paid", "expired", "canceled"},
        "processing_payment": {"pending", "paid", "expired", "canceled"},
        "expired": {"pending", "processing_payment", "paid", "canceled"},
        "paid": {"pending", "expired", "refunded", "canceled"},
        "refunded": {"paid"},
        # money that was under way may still arrive
        "canceled": {"pending", "expired", "paid"},
    }
    _open_to_people = {
        "order_id": BIRTH,
        **dict.fromkeys(("amount", "currency_id", "due_date", "line_ids", "external_id"), ALWAYS),
    }
    _people_may_delete = True

    uuid = fields.Char(
        "Identifier", required=True, readonly=True, copy=False, default=lambda _s: str(uuid.uuid4())
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="restrict", check_company=True
    )
    line_ids = fields.Many2many(
        "sale.order.line", string="Lines", help="What it covers; empty: its share of the order."
    )
    partner_id = fields.Many2one(
        related="order_id.partner_invoice_id", string="Buyer", store=True, index=True
    )
    amount = fields.Monetary(required=True, help="VAT included.")
    currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="The order's, unless the instalments are of another, such as UF.",
    )
    due_date = fields.Date(required=True, default=lambda self: today(self.env.company))
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("processing_payment", "Payment in process"),
            ("paid", "Paid"),
            ("expired", "Expired"),
            ("refunded", "Refunded"),
            ("canceled", "Cancelled"),
        ],
        required=True,
        default="pending",
        readonly=True,
        tracking=True,
        index=True,
        copy=False,
    )
    paid_on = fields.Date(readonly=True, copy=False)
    payment_ids = fields.Many2many("account.payment", string="Payments", readonly=True, copy=False)
    request_ids = fields.One2many("l10n_cl.emission.request", "statement_id", readonly=True)
    request_id = fields.Many2one(
        "l10n_cl.emission.request", "Emission", compute="_compute_request_id", store=True
    )
    request_state = fields.Selection(related="request_id.state", string="Emission state")
    request_reason = fields.Char(compute="_compute_request_reason", string="What is missing")
    move_id = fields.Many2one(related="request_id.move_id", string="Invoice")
    external_id = fields.Char("External reference", index="btree_not_null", copy=False)

    _overdue = models.Index("(due_date, id) WHERE state = 'pending'")
    _uuid_unique = models.UniqueIndex("(uuid)")
    # no document can state more; NaN is above all numbers
    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 1e18)", "A statement has an amount of at most 18 digits."
    )

    @api.depends("order_id")
    def _compute_currency_id(self):
        for statement in self:
            statement.currency_id = statement.order_id.currency_id or self.env.company.currency_id

    @api.depends_context("lang")
    @api.depends("order_id.name", "due_date")
    def _compute_display_name(self):
        for statement in self:
            due = format_date(self.env, statement.due_date)
            statement.display_name = f"{statement.order_id.name} · {due}"

    @api.depends("request_ids")
    def _compute_request_id(self):
        """There is one at most: its key is the statement."""
        for statement in self:
            statement.request_id = statement.sudo().request_ids[:1]

    @api.depends("request_id.state", "request_id.reason_text")
    def _compute_request_reason(self):
        """Shown where the order is read too."""
        for statement in self:
            request = statement.request_id
            statement.request_reason = request.state == "parked" and request.reason_text

    @api.model_create_multi
    def create(self, vals_list):
        """With the obligation to emit, before anything can fail."""
        statements = super().create(vals_list)
        statements.filtered("order_id.l10n_cl_emit_document")._oblige()
        return statements

    def _oblige(self, given_up=False):
        """Make sure that each has its one emission request. given_up: it stays without document."""
        missing = self.filtered(lambda statement: not statement.request_id)
        self.env["l10n_cl.emission.request"].sudo()._open_for_statements(missing, given_up)

    def write(self, vals):
        if OWED & vals.keys():
            self._check_not_settled()
        before = self._amounts() if {"amount", "currency_id"} & vals.keys() else {}
        result = super().write(vals)
        self._amounts_changed(before)
        if "due_date" in vals:
            again = self.filtered(
                lambda each: each.state == "expired" and each.due_date >= today(each.company_id)
            )
            again._move_to("pending")
            self.request_ids.sudo()._reconsider()
        self._transport_changed(vals)
        return result

    def _instead_text(self):
        """A paid statement emits a document, so nobody makes it paid by writing so."""
        return self.env._("Only a payment changes whether this is paid.")

    def unlink(self):
        """What is not owed any more needs no document."""
        requests = self.sudo().request_ids
        self._check_not_settled()
        self._check_may_change_shown()
        requests.unlink()
        return super().unlink()

    def _check_not_settled(self):
        if settled := self.filtered(lambda statement: statement.state in SETTLED):
            raise UserError(
                self.env._("%s is paid already and cannot be changed.", settled[:1].display_name)
            )
        if emitted := self.filtered("move_id"):
            raise UserError(
                self.env._(
                    "%(statement)s has its document %(document)s: make a credit note.",
                    statement=emitted[:1].display_name,
                    document=emitted[:1].move_id.name,
                )
            )

    def _move_to(self, state, text="", answer="", **values):
        """As ever, unless it is there already; the emission request is reconsidered."""
        moved = self.sudo().filtered(lambda statement: statement.state != state)
        result = super(Statement, moved)._move_to(state, text, answer, **values)
        self.sudo().request_ids._reconsider()
        return result

    def _note(self, text, answer="", before=None):
        """Its tracked state stands in its chatter."""

    def _process_failed(self, error):
        """It could not be shown as expired: noted on it, and tried again later."""
        self.message_post(body=unforeseen(self.env, error))
        self.next_attempt_at = fields.Datetime.now() + LOOK_AGAIN_AFTER

    def _pesos_on(self, day):
        """The amount in whole pesos on a day. None when there is no rate of that day.

        UF and other currencies convert at Odoo's rate of the very day: UF has one each day.
        """
        self.ensure_one()
        company = self.company_id
        currency, pesos = self.currency_id, company.currency_id
        if currency == pesos:
            return int(round(self.amount))
        rate = self.env["res.currency.rate"].search(
            [
                ("currency_id", "=", currency.id),
                ("name", "=", day),
                ("company_id", "in", [False, company.root_id.id]),
            ],
            limit=1,
        )
        if not rate:
            return None
        return int(currency._convert(self.amount, pesos, company, day))
