from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...models.access.entry import entry
from ...models.base.big_integer import BigInteger
from ...sii import clock

_MOST = 120
_STEPS = {
    "week": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


class PaymentPlan(models.TransientModel):
    """Split what an order costs into instalments that come to it exactly."""

    _name = "l10n_cl.payment.plan"
    _inherit = ["l10n_cl.wizard.mixin"]
    _description = "Payment plan"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    total = fields.Monetary(related="order_id.amount_total")
    count = BigInteger("Instalments", required=True, default=3)
    first_date = fields.Date(required=True, default=lambda _s: clock.today())
    period = fields.Selection(
        [
            ("week", "Every week"),
            ("fortnight", "Every two weeks"),
            ("month", "Every month"),
            ("quarter", "Every three months"),
            ("year", "Every year"),
        ],
        required=True,
        default="month",
    )
    preview = fields.Text(compute="_compute_preview")

    @api.depends("count", "first_date", "period", "order_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = "\n".join(
                f"{format_date(self.env, day)}  {wizard.currency_id.format(amount)}"
                for day, amount in wizard._instalments()
            )

    def _instalments(self):
        """(due date, amount) of each; what does not divide evenly is in the last one."""
        if not (self.order_id and self.first_date and 0 < self.count <= _MOST):
            return []
        rounding, step = self.currency_id, _STEPS[self.period]
        # of 10000 in three: 3333, 3333, 3334; rounded down, so that the last is never the least
        unit = rounding.rounding
        each = rounding.round(int(self.total / self.count / unit + 1e-9) * unit)
        last = rounding.round(self.total - each * (self.count - 1))
        amounts = [each] * (self.count - 1) + [last]
        return [(self.first_date + step * number, amount) for number, amount in enumerate(amounts)]

    @entry("write")
    def action_make(self):
        """Button: the instalments take the place of what was owed and is not paid."""
        self.ensure_one()
        instalments = self._instalments()
        if not instalments:
            raise UserError(self.env._("A plan has between 1 and %s instalments.", _MOST))
        if any(amount <= 0 for _day, amount in instalments):
            raise UserError(self.env._("The order does not cost enough for so many instalments."))
        owed, total = self.order_id.l10n_cl_statement_ids, sum(each for _day, each in instalments)
        if owed.currency_id <= self.currency_id and not self.currency_id.compare_amounts(
            sum(owed.mapped("amount")), total
        ):
            owed = owed.sudo()  # anybody may put the same money on other days
        owed.unlink()
        self.order_id.l10n_cl_statement_ids = [
            Command.create({"due_date": day, "amount": amount, "currency_id": self.currency_id.id})
            for day, amount in instalments
        ]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @entry("write")
    def l10n_cl_action_payment_plan(self):
        """Button: split what this order costs into instalments."""
        self.ensure_one()
        wizard = self.env["l10n_cl.payment.plan"].create({"order_id": self.id})
        return wizard._get_records_action(name=self.env._("Payment Plan"), target="new")
