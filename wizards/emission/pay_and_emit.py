from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.access.entry import EMITTER, entry
from ...sii import clock


class PayAndEmit(models.TransientModel):
    """Register the payment of what a buyer owes, post and emit, in one transaction.

    Of statements, or of a draft invoice that has none.
    """

    _name = "l10n_cl.pay.and.emit"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Pay and emit"
    _check_company_auto = True

    statement_ids = fields.Many2many("l10n_cl.statement", string="Statements", check_company=True)
    draft_id = fields.Many2one("account.move", "Invoice", readonly=True, check_company=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    payable_ids = fields.Many2many(
        "l10n_cl.statement", compute="_compute_payable_ids", string="Owed by this buyer"
    )
    partner_id = fields.Many2one("res.partner", "Buyer", required=True, readonly=True)
    journal_id = fields.Many2one(
        "account.journal",
        "Paid into",
        required=True,
        check_company=True,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', 'parent_of', company_id)]",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    paid_on = fields.Date("Payment date", required=True, default=lambda _s: clock.today())
    memo = fields.Char()
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", help="In pesos of the payment date.")
    missing = fields.Text(compute="_compute_missing")
    move_ids = fields.Many2many("account.move", readonly=True, string="Emitted")
    outcome = fields.Text(readonly=True)

    @api.depends("company_id")
    def _compute_journal_id(self):
        for wizard in self:
            company = wizard.company_id
            wizard.journal_id = self.env["account.journal"].search(
                [
                    *self.env["account.journal"]._check_company_domain(company),
                    ("type", "in", ("bank", "cash")),
                ],
                limit=1,
            )

    @api.depends("statement_ids")
    def _compute_payable_ids(self):
        for wizard in self:
            wizard.payable_ids = self.env["l10n_cl.statement"].search(
                [
                    ("partner_id", "child_of", wizard.partner_id.commercial_partner_id.id),
                    ("company_id", "=", wizard.company_id.id),
                    ("state", "in", ("pending", "expired")),
                ]
            )

    @api.depends("statement_ids", "paid_on", "draft_id")
    def _compute_amount(self):
        for wizard in self:
            owed = [statement._pesos_owed(wizard.paid_on) for statement in wizard.statement_ids]
            of_draft = int(wizard.draft_id.amount_total)
            wizard.amount = 0 if None in owed else sum(owed) + of_draft

    @api.depends("statement_ids", "paid_on")
    def _compute_missing(self):
        """What keeps the documents back, before anybody presses the button."""
        for wizard in self:
            requests = wizard.statement_ids.request_id.sudo()
            found = [request._obstacle_if_paid_on(wizard.paid_on) for request in requests]
            wizard.missing = "\n".join({obstacle.text for obstacle in found if obstacle})

    @api.model
    def _open(self, partner, company, **values):
        if not partner:
            raise UserError(self.env._("Choose the customer."))
        wizard = self.with_company(company).create(
            {"partner_id": partner.id, "company_id": company.id, **values}
        )
        return wizard._get_records_action(name=self.env._("Pay and Emit"), target="new")

    @entry("write", EMITTER)
    def action_pay_and_emit(self):
        """Button: nothing is kept when a document could not be emitted."""
        self.ensure_one()
        if self.draft_id:
            self._pay_draft()
        else:
            self._pay_statements()
        return self._get_records_action(name=self.env._("Pay and Emit"), target="new")

    def _pay_draft(self):
        """Odoo's own registration of a payment, over the invoice that was just posted."""
        move = self.draft_id
        if move.state != "draft":
            raise UserError(self.env._("%s is confirmed already.", move.display_name))
        move.action_post()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        register.create(
            {
                "journal_id": self.journal_id.id,
                "payment_date": self.paid_on,
                **({"communication": self.memo} if self.memo else {}),
            }
        )._create_payments()
        self._show(move, [])

    def _pay_statements(self):
        self.statement_ids._register_payment(self.journal_id, self.paid_on, memo=self.memo or "")
        requests = self.statement_ids.request_id.sudo()
        requests._reconsider(self.env._("Paid and emitted by hand."))
        for request in requests.filtered(lambda request: request.state == "ready"):
            request._emit()
        if parked := requests.filtered(lambda request: request.state == "parked"):
            raise UserError("\n".join(parked.mapped("reason_text")))
        self._show(requests.move_id, requests.filtered(lambda each: each.state == "waiting"))

    def _show(self, moves, waiting):
        self.move_ids = moves
        lines = [self.env._("Emitted: %s.", move.name) for move in moves]
        lines += [f"{request.display_name}: {request._waits_for_text()}" for request in waiting]
        self.outcome = "\n".join(lines) or self.env._(
            "The payment is registered; nothing is to be emitted."
        )

    @entry("read", EMITTER)
    def action_print(self):
        """Button: the printed documents."""
        return self.env.ref("account.account_invoices").report_action(self.move_ids, config=False)
