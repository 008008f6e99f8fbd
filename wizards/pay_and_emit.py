from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sii import clock


class PayAndEmit(models.TransientModel):
    """Register the payment of what a buyer owes, post and emit, in one transaction."""

    _name = "l10n_cl.pay.and.emit"
    _description = "Pay and emit"

    statement_ids = fields.Many2many("l10n_cl.statement", required=True, string="Statements")
    company_id = fields.Many2one(related="statement_ids.company_id")
    payable_ids = fields.Many2many(
        "l10n_cl.statement", compute="_compute_payable_ids", string="Owed by this buyer"
    )
    partner_id = fields.Many2one(related="statement_ids.partner_id", string="Buyer")
    journal_id = fields.Many2one(
        "account.journal",
        "Paid into",
        required=True,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
        default=lambda self: self._default_journal(),
    )
    paid_on = fields.Date("Payment date", required=True, default=lambda _s: clock.today())
    memo = fields.Char()
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", help="In pesos of the payment date.")
    move_ids = fields.Many2many("account.move", readonly=True, string="Emitted")
    outcome = fields.Text(readonly=True)

    @api.model
    def _default_journal(self):
        domain = [("type", "in", ("bank", "cash")), ("company_id", "=", self.env.company.id)]
        return self.env["account.journal"].search(domain, limit=1)

    @api.depends("statement_ids")
    def _compute_payable_ids(self):
        for wizard in self:
            order = wizard.statement_ids.order_id
            wizard.payable_ids = order.l10n_cl_statement_ids.filtered(
                lambda statement: statement.state in ("pending", "expired")
            )

    @api.depends("statement_ids", "paid_on")
    def _compute_amount(self):
        for wizard in self:
            pesos = [statement._pesos_on(wizard.paid_on) for statement in wizard.statement_ids]
            wizard.amount = 0 if None in pesos else sum(pesos)

    def action_pay_and_emit(self):
        """Button: nothing is kept when a document could not be emitted."""
        self.ensure_one()
        self.statement_ids._register_payment(self.journal_id, self.paid_on, memo=self.memo)
        requests = self.statement_ids.request_id
        ready = requests.filtered(lambda request: request.state == "ready")
        for request in ready:
            request.sudo()._emit()
        if parked := ready.filtered(lambda request: request.state == "parked"):
            raise UserError("\n".join(parked.mapped("reason_text")))
        self.move_ids = ready.move_id
        self.outcome = self._outcome(requests)
        return self._get_records_action(name=self.env._("Pay and Emit"), target="new")

    def _outcome(self, requests):
        lines = [self.env._("Emitted: %s.", move.name) for move in self.move_ids]
        lines += [
            f"{request.display_name}: {request._waits_for_text()}"
            for request in requests
            if request.state == "waiting"
        ]
        return "\n".join(lines) or self.env._(
            "The payment is registered; nothing is to be emitted."
        )

    def action_print(self):
        """Button: the printed documents."""
        return self.env.ref("account.account_invoices").report_action(self.move_ids)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def l10n_cl_action_pay_and_emit(self):
        """Button: pay what this order owes next, and emit its document."""
        self.ensure_one()
        owed = self.l10n_cl_statement_ids.filtered(lambda s: s.state in ("pending", "expired"))
        if not owed:
            raise UserError(self.env._("Nothing of this order is owed."))
        return owed[:1].l10n_cl_action_pay_and_emit()


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    def l10n_cl_action_pay_and_emit(self):
        """Button: pay these statements and emit their documents."""
        self._check_payable()
        wizard = self.env["l10n_cl.pay.and.emit"].create({"statement_ids": [(6, 0, self.ids)]})
        return wizard._get_records_action(name=self.env._("Pay and Emit"), target="new")
