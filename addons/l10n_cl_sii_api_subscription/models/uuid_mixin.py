from odoo import models


class SaleSubscriptionTemplate(models.Model):
    _name = "sale.subscription.template"
    _inherit = ["sale.subscription.template", "l10n_cl.uuid.mixin"]


class SaleSubscription(models.Model):
    _name = "sale.subscription"
    _inherit = ["sale.subscription", "l10n_cl.uuid.mixin"]
