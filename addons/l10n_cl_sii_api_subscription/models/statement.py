from odoo import api, models
from odoo.fields import Domain


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    @api.model
    def _l10n_cl_domain_of_payable(self, kind, uuid):
        if kind != "subscription_buyer":
            return super()._l10n_cl_domain_of_payable(kind, uuid)
        mine = [("l10n_cl_uuid", "=", uuid), ("company_id", "=", self.env.company.id)]
        subscription = self.env["sale.subscription"].search(mine)
        return Domain("l10n_cl_subscription_id", "=", subscription.id) if subscription else None
