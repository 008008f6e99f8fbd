from odoo import fields, models


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


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "l10n_cl.emission.source.mixin"]
