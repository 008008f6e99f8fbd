from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _l10n_cl_payable_reference(self):
        """A period is of its subscription's buyer."""
        if self.l10n_cl_period:
            return {"subscription_buyer_id": self.order_subscription_id.l10n_cl_uuid}
        return super()._l10n_cl_payable_reference()
