from odoo import api, fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import entry
from odoo.addons.l10n_cl_sii.sii import clock
from odoo.exceptions import UserError


class SaleSubscription(models.Model):
    """Where the addon below makes invoices by itself, these make statements."""

    _inherit = "sale.subscription"

    l10n_cl_skipped_until = fields.Date(
        "Not owed before",
        readonly=True,
        copy=False,
        help="What is due before is not owed: it was paused, or closed.",
    )

    @entry("write")
    def generate_invoice(self):
        if self.l10n_cl_recurrence:
            self._l10n_cl_owe_due()
            return None
        return super().generate_invoice()

    @entry("write")
    def manual_invoice(self):
        if self.l10n_cl_recurrence:
            raise UserError(
                self.env._("Statements make the invoices of this subscription: pay one.")
            )
        return super().manual_invoice()

    @api.depends("template_id.l10n_cl_recurrence")
    def _compute_rule_boundary(self):
        """Ours end when all periods are owed and paid, not by a date of the addon below."""
        ours = self.filtered("l10n_cl_recurrence")
        ours.update({"date": False, "recurring_rule_boundary": True})
        return super(SaleSubscription, self - ours)._compute_rule_boundary()

    def write(self, values):
        """Started, it has its first statement at once; its first day is the one that was named."""
        if "stage_id" not in values:
            return super().write(values)
        ours = self.filtered("l10n_cl_recurrence")
        starts = {each: each.date_start for each in ours}
        running = ours.filtered("in_progress")
        result = super().write(values)
        for subscription in ours:
            subscription.date_start = starts[subscription]
        started = ours.filtered("in_progress") - running
        for subscription in started.filtered("l10n_cl_statement_ids"):
            subscription.l10n_cl_skipped_until = clock.today()
        started._l10n_cl_plan()
        started._l10n_cl_owe_due()
        return result

    @entry("write")
    def action_resume(self, automatic=False):
        """What came due while it was paused is not owed."""
        result = super().action_resume(automatic=automatic)
        if self.l10n_cl_recurrence:
            self.l10n_cl_skipped_until = clock.today()
            self._l10n_cl_plan()
            self._l10n_cl_owe_due()
        return result

    @entry("write")
    def close_subscription(self, close_reason_id=False):
        """What is due later is owed no more; a debt stays one."""
        result = super().close_subscription(close_reason_id)
        if self.l10n_cl_recurrence:
            self.write({"l10n_cl_next_due": False, "l10n_cl_owe_on": False})
            coming = self.l10n_cl_statement_ids.filtered(
                lambda each: each.state == "pending" and each.due_date > clock.today()
            )
            coming.order_id.sudo()._action_cancel()
        return result
