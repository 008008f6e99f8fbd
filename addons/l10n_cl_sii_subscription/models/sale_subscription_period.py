from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.addons.l10n_cl_sii.models.access.unforeseen import unforeseen
from odoo.addons.l10n_cl_sii.models.statement.statement import CLOSED
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

_LOOK_AGAIN_AFTER = timedelta(hours=1)
_MOST_BACK, _MOST_AHEAD = relativedelta(years=2), relativedelta(years=5)
# Periods that are charged while somebody waits
_AT_ONCE = 12


class SaleSubscription(models.Model):
    """Each period is a confirmed order with one statement: the next one is there beforehand.

    All that is due has its statement, also after long without the action, and so has the next one.
    """

    _inherit = "sale.subscription"
    _claim_order = "l10n_cl_owe_on, id"

    @api.model
    def _cron_l10n_cl_periods(self):
        """Make the statements of the coming periods, and end what has no more."""
        now = fields.Datetime.now()
        ours = [
            ("in_progress", "=", True),
            ("is_paused", "=", False),
            ("template_id.l10n_cl_recurrence", "!=", False),
            "|",
            ("next_attempt_at", "=", False),
            ("next_attempt_at", "<=", now),
        ]
        owe = [*ours, ("l10n_cl_owe_on", "<=", clock.today())]
        self._process_queue(owe, lambda each: each._l10n_cl_owe_next())
        open_ones = [("state", "not in", CLOSED)]
        finished = [
            *ours,
            ("l10n_cl_next_due", "=", False),
            ("l10n_cl_statement_ids", "not any", open_ones),
        ]
        self._process_queue(finished, lambda each: each.close_subscription())

    def _process_failed(self, error):
        """Written on it, for its owner, and tried again later."""
        known = isinstance(error, UserError)
        text = str(error) if known else unforeseen(self.env, error)
        self.message_post(body=text)
        self._l10n_cl_call(
            "l10n_cl_sii.activity_emission",
            self.env._("The next period of %s was not charged", self.name),
            text,
            *(self.user_id, self.env.user),
        )
        self.next_attempt_at = fields.Datetime.now() + _LOOK_AGAIN_AFTER

    def _l10n_cl_owe_due(self):
        """The statements that should be there by now; a scheduled action makes the rest of many."""
        for subscription in self:
            for _period in range(_AT_ONCE):
                if not subscription.l10n_cl_owe_on or subscription.l10n_cl_owe_on > clock.today():
                    break
                subscription._l10n_cl_owe_next()
            else:
                self._call_workers()

    def _l10n_cl_check_start(self):
        """Each period from the first day on is charged: one centuries ago is refused."""
        earliest, latest = self._l10n_cl_start_range()
        for subscription in self.filtered(lambda each: not each.l10n_cl_statement_ids):
            if not earliest <= subscription.date_start <= latest:
                raise UserError(
                    self.env._(
                        "%(subscription)s begins on %(day)s, and every period from that day on "
                        "would be charged: write a day from %(earliest)s to %(latest)s.",
                        subscription=subscription.display_name,
                        day=format_date(self.env, subscription.date_start),
                        earliest=format_date(self.env, earliest),
                        latest=format_date(self.env, latest),
                    )
                )

    @api.model
    def _l10n_cl_start_range(self):
        """The first and the last day on which a subscription may begin."""
        today = clock.today()
        return today - _MOST_BACK, today + _MOST_AHEAD

    def _l10n_cl_owe_next(self):
        """The order and statement of the next period."""
        subscription = self.with_company(self.company_id)
        due = subscription.l10n_cl_next_due
        if not subscription.sale_subscription_line_ids:
            raise UserError(self.env._("%s sells nothing: add its lines.", self.display_name))
        values = subscription._l10n_cl_prepare_order(due)
        subscription.env["sale.order"].sudo().create(values)._l10n_cl_owe_period()
        subscription._l10n_cl_plan()

    def _l10n_cl_prepare_order(self, due):
        """The order of the period that is due on a day; one for each, by its unique key."""
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "partner_invoice_id": (self.partner_invoice_id or self.partner_id).id,
            "partner_shipping_id": (self.partner_shipping_id or self.partner_id).id,
            "pricelist_id": self.pricelist_id.id,
            "fiscal_position_id": self.fiscal_position_id.id,
            "user_id": self.user_id.id,
            "origin": self.name,
            "order_subscription_id": self.id,
            "l10n_cl_period": due,
            "l10n_cl_emit_document": self.l10n_cl_emit_document,
            "l10n_cl_emission_policy_id": self.l10n_cl_emission_policy_id.id,
            "l10n_cl_goods_travel": self.l10n_cl_goods_travel,
            "order_line": [
                Command.create(line._l10n_cl_prepare_order_line())
                for line in self.sale_subscription_line_ids
            ],
        }

    def _l10n_cl_plan(self):
        """Which period comes next, and when its statement is made."""
        today = clock.today()
        ours = self.filtered("l10n_cl_recurrence")
        ours._l10n_cl_check_start()
        for subscription in ours:
            last = subscription._l10n_cl_last_period()
            due = subscription._l10n_cl_period_after(last)
            if subscription._l10n_cl_is_over(due):
                subscription.write({"l10n_cl_next_due": False, "l10n_cl_owe_on": False})
                continue
            owe_on = min(last, due) if last else min(today, due)
            subscription.write(
                {"l10n_cl_next_due": due, "l10n_cl_owe_on": owe_on, "recurring_next_date": due}
            )

    def _l10n_cl_last_period(self):
        periods = self.sale_order_ids.filtered("l10n_cl_period").mapped("l10n_cl_period")
        return max(periods, default=None)

    def _l10n_cl_period_after(self, last):
        """The next due date; the order that began it has paid for the first period."""
        schedule = self._l10n_cl_schedule()
        due = schedule.following(last) if last else schedule.first(self.date_start)
        if self.sale_order_id and not last:
            due = schedule.following(due)
        while self.l10n_cl_skipped_until and due < self.l10n_cl_skipped_until:
            due = schedule.following(due)
        return due

    def _l10n_cl_is_over(self, due):
        """Whether nothing is owed on a day any more: all periods are, or the end has come."""
        template, made = self.template_id, self.sale_order_ids.filtered("l10n_cl_period")
        limited = template.recurring_rule_boundary == "limited"
        all_made = limited and len(made) >= template.recurring_rule_count
        return all_made or bool(self.l10n_cl_end_date and due > self.l10n_cl_end_date)


class SaleSubscriptionLine(models.Model):
    _inherit = "sale.subscription.line"

    def _l10n_cl_prepare_order_line(self):
        return {
            "product_id": self.product_id.id,
            "name": self.name,
            "product_uom_qty": self.product_uom_qty,
            "price_unit": self.price_unit,
            "discount": self.discount,
            "tax_ids": [Command.set(self.tax_ids.ids)],
            "analytic_distribution": self.analytic_distribution,
        }
