from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.statement.statement import CLOSED
from odoo.addons.l10n_cl_sii.sii import clock


class SaleSubscription(models.Model):
    """How a buyer stands: what programs and people read."""

    _inherit = "sale.subscription"

    l10n_cl_status = fields.Selection(
        [
            ("pending", "Nothing paid yet"),
            ("active", "Up to date"),
            ("indebt", "In debt"),
            ("canceled", "Cancelled"),
            ("finished", "Finished"),
        ],
        "Payments",
        compute="_compute_l10n_cl_status",
    )

    @api.depends(
        "stage_id.type",
        "in_progress",
        "l10n_cl_next_due",
        "l10n_cl_statement_ids.state",
        "l10n_cl_statement_ids.due_date",
        "l10n_cl_statement_ids.order_id.state",
    )
    def _compute_l10n_cl_status(self):
        for subscription in self:
            subscription.l10n_cl_status = (
                subscription.l10n_cl_recurrence and subscription._l10n_cl_find_status()
            )

    def _l10n_cl_find_status(self):
        owed = self.l10n_cl_statement_ids.filtered(lambda each: each.order_id.state != "cancel")
        paid = owed.filtered(lambda each: each.state == "paid")
        open_ones = owed.filtered(lambda each: each.state not in CLOSED)
        if owed and not open_ones and self._l10n_cl_has_no_more():
            return "finished"
        if self.stage_id.type == "post":
            return "canceled"
        if any(each.due_date < clock.today() for each in open_ones):
            return "indebt"
        return "active" if paid else "pending"

    def _l10n_cl_has_no_more(self):
        """Whether its periods are all owed, rather than broken off."""
        last = self._l10n_cl_last_period()
        following = last and self._l10n_cl_schedule().following(last)
        return bool(following) and self._l10n_cl_is_over(following)
