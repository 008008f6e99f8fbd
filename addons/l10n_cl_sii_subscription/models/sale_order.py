from odoo import fields, models
from odoo.addons.l10n_cl_sii.models.access.entry import entry


class SaleOrder(models.Model):
    """A period of a subscription."""

    _inherit = "sale.order"

    order_subscription_id = fields.Many2one(index="btree_not_null", copy=False)
    l10n_cl_period = fields.Date(
        "Period due on", readonly=True, copy=False, help="Of the subscription it is a period of."
    )

    _l10n_cl_one_a_period = models.UniqueIndex(
        "(order_subscription_id, l10n_cl_period) WHERE l10n_cl_period IS NOT NULL",
        "This period of the subscription is owed already.",
    )

    def _l10n_cl_owe_period(self):
        """All of it is owed on the day of the period."""
        self.ensure_one()
        self.env["l10n_cl.statement"].create(
            {
                "order_id": self.id,
                "amount": self.amount_total,
                "currency_id": self.currency_id.id,
                "due_date": self.l10n_cl_period,
            }
        )
        self.action_confirm()

    @entry("write")
    def group_subscription_lines(self):
        """A period starts no subscription, though it sells what does."""
        if self.l10n_cl_period:
            return {}
        return super().group_subscription_lines()
