from odoo import fields, models


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    l10n_cl_subscription_id = fields.Many2one(
        related="order_id.order_subscription_id", store=True, index="btree_not_null"
    )
