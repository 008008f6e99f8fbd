from odoo import api, fields, models

from ..sii import clock


class SaleOrder(models.Model):
    """What an order's buyer owes, and when: one statement, or a plan of several."""

    _inherit = "sale.order"

    l10n_cl_statement_ids = fields.One2many("l10n_cl.statement", "order_id", "Statements")
    l10n_cl_plan_state = fields.Selection(
        [
            ("pending", "Pending"),
            ("up_to_date", "Up to date"),
            ("in_debt", "In debt"),
            ("finished", "Finished"),
            ("canceled", "Cancelled"),
        ],
        "Plan",
        compute="_compute_l10n_cl_plan_state",
    )

    @api.depends("state", "l10n_cl_statement_ids.state", "l10n_cl_statement_ids.due_date")
    def _compute_l10n_cl_plan_state(self):
        for order in self:
            order.l10n_cl_plan_state = order._l10n_cl_plan_state()

    def _l10n_cl_plan_state(self):
        statements = self.l10n_cl_statement_ids
        if self.state == "cancel":
            return "canceled"
        if not statements:
            return "pending"
        open_ones = statements.filtered(lambda s: s.state in ("pending", "expired"))
        if any(statement.due_date < clock.today() for statement in open_ones):
            return "in_debt"
        return "up_to_date" if open_ones else "finished"

    def action_confirm(self):
        """A confirmed order that emits by itself owes all of it, unless it has a plan."""
        result = super().action_confirm()
        for order in self.filtered("l10n_cl_emit_document"):
            if not order.l10n_cl_statement_ids and order.amount_total > 0:
                order._l10n_cl_owe_all()
        return result

    def _l10n_cl_owe_all(self):
        return self.env["l10n_cl.statement"].create(
            {
                "order_id": self.id,
                "amount": self.amount_total,
                "currency_id": self.currency_id.id,
                "due_date": self.validity_date or clock.today(),
            }
        )

    def write(self, vals):
        result = super().write(vals)
        if "l10n_cl_emit_document" in vals or "l10n_cl_emission_policy_id" in vals:
            emitting = self.filtered("l10n_cl_emit_document")
            emitting.l10n_cl_statement_ids._oblige()
        return result

    def _get_invoiceable_lines(self, final=False):
        """Statements invoice an order that has them: nothing of it is invoiced twice."""
        if self.l10n_cl_statement_ids and self.l10n_cl_emit_document:
            return self.env["sale.order.line"]
        return super()._get_invoiceable_lines(final)
