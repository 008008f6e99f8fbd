from odoo import fields, models


class SubscriptionProduct(models.Model):
    """What a program sells in each period, VAT included."""

    _name = "l10n_cl.subscription.product"
    _description = "Product of a program's subscription"
    _inherit = ["l10n_cl.given.mixin"]
    _order = "sequence, id"

    template_id = fields.Many2one(
        "sale.subscription.template", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict")
    name = fields.Char(required=True)
    value = fields.Float("Value with VAT", digits=(16, 2), required=True)
