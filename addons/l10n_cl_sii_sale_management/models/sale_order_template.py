from odoo import api, fields, models


class SaleOrderTemplate(models.Model):
    _name = "sale.order.template"
    _inherit = ["sale.order.template", "l10n_cl.emission.source.mixin"]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    l10n_cl_emit_document = fields.Boolean(
        compute="_compute_l10n_cl_emission", store=True, readonly=False, precompute=True
    )
    l10n_cl_emission_policy_id = fields.Many2one(
        compute="_compute_l10n_cl_emission", store=True, readonly=False, precompute=True
    )

    @api.depends("sale_order_template_id")
    def _compute_l10n_cl_emission(self):
        """An order follows its template, until somebody sets it otherwise."""
        for order in self:
            template = order.sale_order_template_id
            order.l10n_cl_emit_document = template.l10n_cl_emit_document
            order.l10n_cl_emission_policy_id = template.l10n_cl_emission_policy_id
