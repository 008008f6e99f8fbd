from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.base.big_integer import BigInteger
from odoo.addons.l10n_cl_sii.models.emission.goods import TRAVEL
from odoo.addons.l10n_cl_sii.sii import clock

from .schedule import Schedule, day_of


class SaleSubscription(models.Model):
    """What one buyer pays by periods, and on which days."""

    _name = "sale.subscription"
    _queue = "l10n_cl_periods"
    _inherit = [
        "sale.subscription",
        "l10n_cl.emission.source.mixin",
        "l10n_cl.queue.mixin",
    ]
    _check_company_auto = True

    date_start = fields.Date(default=lambda _self: clock.today())
    recurring_next_date = fields.Date(default=lambda _self: clock.today())
    l10n_cl_recurrence = fields.Selection(related="template_id.l10n_cl_recurrence")
    l10n_cl_emit_document = fields.Boolean(
        compute="_compute_l10n_cl_emission", store=True, readonly=False, precompute=True
    )
    l10n_cl_emission_policy_id = fields.Many2one(
        compute="_compute_l10n_cl_emission", store=True, readonly=False, precompute=True
    )
    l10n_cl_dop = BigInteger(
        "Day of payment",
        compute="_compute_l10n_cl_dop",
        store=True,
        readonly=False,
        help="1 to 28; of a weekly one 0 (Sunday) to 6 (Saturday).",
    )
    l10n_cl_has_dop = fields.Boolean(
        "Day of payment is fixed",
        compute="_compute_l10n_cl_has_dop",
        store=True,
        readonly=False,
        precompute=True,
        help="Not set: what begins on the 29th to 31st is first due that day, and on the 28th of "
        "later periods.",
    )
    l10n_cl_mop = BigInteger(
        "Month of payment",
        compute="_compute_l10n_cl_mop",
        store=True,
        readonly=False,
        help="1 to 12, of a yearly one.",
    )
    l10n_cl_goods_travel = fields.Selection(
        TRAVEL,
        "Goods",
        copy=False,
        help="Whether the goods of each period travel with its invoice. Empty: its order, or the "
        "emission policy, says.",
    )
    l10n_cl_end_date = fields.Date("Ends on", help="Nothing that is due later is owed.")
    l10n_cl_next_due = fields.Date(
        "Next due date", readonly=True, copy=False, help="Of the first period without statement."
    )
    l10n_cl_owe_on = fields.Date(
        "Next statement on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="When the statement of the next period is made: on the due date of the one before.",
    )
    l10n_cl_statement_ids = fields.One2many(
        "l10n_cl.statement", "l10n_cl_subscription_id", "Statements"
    )

    @api.depends("template_id")
    def _compute_l10n_cl_emission(self):
        """A subscription follows its template, until somebody sets it otherwise."""
        for subscription in self:
            template = subscription.template_id
            subscription.l10n_cl_emit_document = template.l10n_cl_emit_document
            subscription.l10n_cl_emission_policy_id = template.l10n_cl_emission_policy_id

    @api.depends("template_id")
    def _compute_l10n_cl_dop(self):
        for subscription in self:
            template = subscription.template_id
            start = subscription.date_start or clock.today()
            recurrence = template.l10n_cl_recurrence or "month"
            dop = template.l10n_cl_dop if template.l10n_cl_has_dop else day_of(recurrence, start)
            subscription.l10n_cl_dop = dop

    @api.depends("template_id")
    def _compute_l10n_cl_mop(self):
        """By itself: one that is given the day alone has the month of its first day."""
        for subscription in self:
            template = subscription.template_id
            yearly = template.l10n_cl_recurrence == "year"
            start = subscription.date_start or clock.today()
            subscription.l10n_cl_mop = template.l10n_cl_mop or (start.month if yearly else 0)

    @api.depends("template_id")
    def _compute_l10n_cl_has_dop(self):
        for subscription in self:
            subscription.l10n_cl_has_dop = subscription.template_id.l10n_cl_has_dop

    @api.constrains("template_id", "l10n_cl_dop", "l10n_cl_mop")
    def _check_l10n_cl_days(self):
        for subscription in self.filtered("l10n_cl_recurrence"):
            recurrence, templates = subscription.l10n_cl_recurrence, self.template_id
            templates._l10n_cl_check_dop(recurrence, subscription.l10n_cl_dop)
            templates._l10n_cl_check_mop(recurrence, subscription.l10n_cl_mop)

    def _l10n_cl_sold(self):
        return self.sale_order_ids.filtered("l10n_cl_period")

    def _l10n_cl_schedule(self):
        self.ensure_one()
        return Schedule(
            self.l10n_cl_recurrence, self.l10n_cl_dop, self.l10n_cl_mop, self.l10n_cl_has_dop
        )

    @api.model_create_multi
    def create(self, vals_list):
        """A day that was named is a fixed one."""
        named = [
            {"l10n_cl_has_dop": True, **vals} if "l10n_cl_dop" in vals else vals
            for vals in vals_list
        ]
        return super().create(named)

    def write(self, values):
        """What is not paid yet follows its subscription as it is now."""
        result = super().write(values)
        changed = {"l10n_cl_emit_document", "l10n_cl_emission_policy_id"} & values.keys()
        if changed:
            self._l10n_cl_sold().write({name: values[name] for name in changed})
        days = {"l10n_cl_dop", "l10n_cl_has_dop", "l10n_cl_mop", "l10n_cl_end_date"}
        if days & values.keys():
            self.filtered(lambda each: each.in_progress)._l10n_cl_plan()
        return result
