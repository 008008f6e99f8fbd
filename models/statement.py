import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sii import clock

# Whose money has arrived: nothing of them may be edited.
SETTLED = ("paid", "refunded", "processing_payment")


class Statement(models.Model):
    """What one buyer owes on one day: all of a single payment, or an instalment.

    The obligation to emit its document is a record of its own from the first moment
    (``request_id``), made in the same transaction.
    """

    _name = "l10n_cl.statement"
    _description = "Statement of what a buyer owes"
    _inherit = ["mail.thread"]
    _order = "due_date, id"
    _check_company_auto = True

    uuid = fields.Char(
        "Identifier", required=True, readonly=True, copy=False, default=lambda _s: str(uuid.uuid4())
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    order_id = fields.Many2one(
        "sale.order", "Order", required=True, index=True, ondelete="restrict", check_company=True
    )
    line_ids = fields.Many2many(
        "sale.order.line", string="Lines", help="What it covers; empty: its share of the order."
    )
    partner_id = fields.Many2one(related="order_id.partner_invoice_id", store=True, index=True)
    amount = fields.Monetary(required=True, help="VAT included.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    due_date = fields.Date(required=True, default=lambda _s: clock.today())
    state = fields.Selection(
        [
            ("pending", "Pending"),
            ("processing_payment", "Payment in process"),
            ("paid", "Paid"),
            ("expired", "Expired"),
            ("refunded", "Refunded"),
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
        "l10n_cl.emission.request", "Emission", compute="_compute_request_id"
    )
    move_id = fields.Many2one("account.move", "Invoice", related="request_id.move_id")
    external_id = fields.Char("External reference", index="btree_not_null", copy=False)

    _uuid_unique = models.UniqueIndex("(uuid)")
    _amount_positive = models.Constraint("CHECK (amount > 0)", "A statement has an amount.")

    @api.depends("order_id.name", "due_date")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = f"{statement.order_id.name} · {statement.due_date}"

    @api.depends("request_ids.state")
    def _compute_request_id(self):
        for statement in self:
            live = statement.request_ids.filtered(lambda request: request.state != "cancelled")
            statement.request_id = (live or statement.request_ids)[:1]

    @api.model_create_multi
    def create(self, vals_list):
        """With the obligation to emit, before anything can fail."""
        statements = super().create(vals_list)
        statements.filtered("order_id.l10n_cl_emit_document")._oblige()
        return statements

    def _oblige(self):
        """Make sure that each has its one emission request."""
        missing = self.filtered(lambda statement: not statement.request_id)
        self.env["l10n_cl.emission.request"].sudo()._open_for_statements(missing)

    def write(self, vals):
        if {"amount", "currency_id", "due_date", "line_ids"} & vals.keys():
            self._check_not_settled()
        result = super().write(vals)
        if "due_date" in vals:
            self.request_ids.sudo()._reconsider()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unsettled(self):
        self._check_not_settled()

    def _check_not_settled(self):
        if settled := self.filtered(lambda statement: statement.state in SETTLED):
            raise UserError(
                self.env._("%s is paid already and cannot be changed.", settled[:1].display_name)
            )

    def _move_to(self, state, **values):
        """The only writer of ``state``; tells the emission request what happened."""
        for statement in self:
            if statement.state != state:
                statement.write({"state": state, **values})
        self.request_ids.sudo()._reconsider()

    @api.model
    def _expire_due(self):
        """What was due before today and is unpaid is shown as expired."""
        due = self.search([("state", "=", "pending"), ("due_date", "<", clock.today())])
        due._move_to("expired")

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
