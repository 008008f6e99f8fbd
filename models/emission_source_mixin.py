from odoo import api, fields, models


class EmissionSourceMixin(models.AbstractModel):
    """What is sold with documents that emit themselves: an order, its template, a subscription."""

    _name = "l10n_cl.emission.source.mixin"
    _inherit = ["l10n_cl.given.mixin"]
    _description = "Emits documents when it is paid"

    l10n_cl_emit_document = fields.Boolean(
        "Emit by itself", help="Emit a tax document for each statement, by the emission policy."
    )
    l10n_cl_emission_policy_id = fields.Many2one(
        "l10n_cl.emission.policy",
        "Emission policy",
        check_company=True,
        help="Empty: the company's, or that of the company it is a branch of.",
    )

    def _l10n_cl_policy(self):
        """The policy in force, empty when there is none anywhere."""
        self.ensure_one()
        company = self.company_id or self.env.company
        return (
            self.l10n_cl_emission_policy_id
            or company.l10n_cl_emission_policy_id
            or company.root_id.l10n_cl_emission_policy_id
        )


class SaleOrderTemplate(models.Model):
    _name = "sale.order.template"
    _inherit = ["sale.order.template", "l10n_cl.emission.source.mixin"]


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "l10n_cl.emission.source.mixin"]

    l10n_cl_emit_document = fields.Boolean(
        compute="_compute_l10n_cl_emission", store=True, readonly=False, precompute=True
    )
    l10n_cl_emission_policy_id = fields.Many2one(
        compute="_compute_l10n_cl_emission", store=True, readonly=False, precompute=True
    )

    @api.depends("sale_order_template_id")
    def _compute_l10n_cl_emission(self):
        """An order does as its template says, until somebody says otherwise."""
        for order in self:
            template = order.sale_order_template_id
            order.l10n_cl_emit_document = template.l10n_cl_emit_document
            order.l10n_cl_emission_policy_id = template.l10n_cl_emission_policy_id
