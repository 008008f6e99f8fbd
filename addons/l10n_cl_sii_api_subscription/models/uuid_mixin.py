from odoo import models


class SaleSubscriptionTemplate(models.Model):
    _name = "sale.subscription.template"
    _inherit = ["sale.subscription.template", "l10n_cl.uuid.mixin"]

    _l10n_cl_external_id_once = models.UniqueIndex(
        "(create_uid, l10n_cl_external_id) WHERE l10n_cl_external_id != ''",
        "This program has one of this external_id already.",
    )


class SaleSubscription(models.Model):
    _name = "sale.subscription"
    _inherit = ["sale.subscription", "l10n_cl.uuid.mixin"]

    _l10n_cl_external_id_once = models.UniqueIndex(
        "(create_uid, l10n_cl_external_id) WHERE l10n_cl_external_id != ''",
        "This program has one of this external_id already.",
    )
