from odoo import api, models


class SaleOrder(models.Model):
    """An order whose statements emit by themselves is invoiced by them, and by nothing else."""

    _inherit = "sale.order"

    def _l10n_cl_is_invoiced_by_statements(self):
        self.ensure_one()
        return bool(self.l10n_cl_emit_document and self.l10n_cl_statement_ids)

    def _get_invoiceable_lines(self, final=False):
        if self._l10n_cl_is_invoiced_by_statements():
            return self.env["sale.order.line"]
        return super()._get_invoiceable_lines(final)

    def _generate_downpayment_invoices(self):
        """What an online payment covers of an order has its own document."""
        others = self.filtered(lambda order: not order._l10n_cl_is_invoiced_by_statements())
        return super(SaleOrder, others)._generate_downpayment_invoices()

    @api.depends("l10n_cl_statement_ids.request_ids.move_id")
    def _get_invoiced(self):
        """Invoices of parts of an order are not tied to its lines."""
        result = super()._get_invoiced()
        for order in self:
            order.invoice_ids |= order.sudo().l10n_cl_statement_ids.move_id
            order.invoice_count = len(order.invoice_ids)
        return result

    @api.depends("l10n_cl_emit_document", "l10n_cl_statement_ids.request_ids.state")
    def _compute_invoice_status(self):
        """Nothing in it is for a person to invoice."""
        result = super()._compute_invoice_status()
        for order in self.filtered(lambda each: each.state == "sale"):
            if order._l10n_cl_is_invoiced_by_statements():
                states = order.sudo().l10n_cl_statement_ids.request_ids.mapped("state")
                done = set(states) <= {"done", "cancelled"}
                order.invoice_status = "invoiced" if done else "no"
        return result
