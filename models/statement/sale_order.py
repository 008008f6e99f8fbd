from odoo import api, fields, models

from ..access.entry import EMITTER, entry
from ..base.today import today


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
        statements = self.l10n_cl_statement_ids.filtered(lambda s: s.state != "canceled")
        called_off = self.l10n_cl_statement_ids - statements
        open_ones = statements.filtered(lambda s: s.state in ("pending", "expired"))
        if self.state == "cancel" or (called_off and not open_ones):
            return "canceled"
        if not statements:
            return "pending"
        if any(statement.due_date < today(self.company_id) for statement in open_ones):
            return "in_debt"
        return "up_to_date" if open_ones else "finished"

    @entry("write")
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
                "due_date": self.validity_date or today(self.company_id),
            }
        )

    @entry("read", EMITTER)
    def l10n_cl_emit(self):
        """Emit what these orders' statements owe now, whatever their policy waits for.

        For buttons and automated actions: ``record.l10n_cl_emit()`` of an order makes its
        statement when it has none. Each statement gets one document, however often this is called.
        """
        for order in self:
            order.l10n_cl_emit_document = True
            if not order.l10n_cl_statement_ids:
                order._l10n_cl_owe_all()
        self.l10n_cl_statement_ids.l10n_cl_emit()

    def write(self, vals):
        """What its buyer owes follows; what was parked because of it is tried again."""
        self._l10n_cl_check_transactions(vals)
        switched_on = vals.get("l10n_cl_emit_document") and self.filtered(
            lambda order: not order.l10n_cl_emit_document
        )
        result = super().write(vals)
        if switched_on:
            switched_on.sudo().l10n_cl_statement_ids._leave_past_alone()
        if "state" in vals:
            self._l10n_cl_order_changed()
        if {"l10n_cl_emit_document", "l10n_cl_emission_policy_id", "state"} & vals.keys():
            statements = self.sudo().l10n_cl_statement_ids
            statements.filtered("order_id.l10n_cl_emit_document")._oblige()
            statements.request_ids._reconsider()
        self._l10n_cl_retry_emissions(vals)
        return result


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    @entry("read", EMITTER)
    def l10n_cl_emit(self):
        """Emit their documents now, whatever the policy waits for. For automated actions too."""
        self.request_ids.filtered(lambda each: each.state != "done").action_emit_now()
