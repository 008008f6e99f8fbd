from odoo import api, fields, models


class EmissionSourceMixin(models.AbstractModel):
    """The emission policy that a program gives a service, of that service alone."""

    _inherit = "l10n_cl.emission.source.mixin"

    l10n_cl_description = fields.Text("Description by the program")

    def _l10n_cl_give_configuration(self, values):
        """Write the service's own policy, made when it has none.

        values: fields of l10n_cl.emission.policy, or None to do as the company does.
        """
        self.ensure_one()
        policy = self.l10n_cl_emission_policy_id
        if values is None:
            self.l10n_cl_emission_policy_id = False
        elif policy and not self._l10n_cl_shares(policy):
            policy.sudo().write(values)
        else:
            own = {"name": self.display_name, "company_id": self.company_id.id, **values}
            self.l10n_cl_emission_policy_id = policy.sudo().create(own)

    def _l10n_cl_shares(self, policy):
        """Whether others go by this policy too, so that it is not this service's to change."""
        others = [("l10n_cl_emission_policy_id", "=", policy.id), ("id", "!=", self.id)]
        is_company_s = policy == self.company_id.l10n_cl_emission_policy_id
        return is_company_s or bool(self.search_count(others, limit=1))


class SaleOrderTemplate(models.Model):
    _inherit = "sale.order.template"

    def write(self, vals):
        """What was sold by it follows it as it is now, while it is unpaid."""
        result = super().write(vals)
        changed = {"l10n_cl_emit_document", "l10n_cl_emission_policy_id"} & vals.keys()
        if changed:
            self._l10n_cl_sold().write({name: vals[name] for name in changed})
        return result

    def _l10n_cl_sold(self):
        return self.env["sale.order"].search(
            [("sale_order_template_id", "in", self.ids), ("l10n_cl_payable", "!=", False)]
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _l10n_cl_of_program(self, company, name, price, kind="service"):
        """What a program sells. price: VAT included. kind: ``service`` or ``goods``."""
        return self.create(
            {
                "name": name,
                "type": "consu" if kind == "goods" else "service",
                "invoice_policy": "order",
                "list_price": price,
                "company_id": company.id,
                "taxes_id": [(6, 0, company._l10n_cl_gross_vat().ids)],
                "purchase_ok": False,
            }
        )
