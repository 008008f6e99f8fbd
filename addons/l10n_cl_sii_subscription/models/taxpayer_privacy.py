from odoo import api, models
from odoo.addons.l10n_cl_sii.models.taxpayer.privacy import UNTIL_ERASED
from odoo.fields import Domain


class Privacy(models.AbstractModel):
    """Subscriptions are listed, and erased when none of their periods was billed."""

    _inherit = "l10n_cl.privacy"

    @api.model
    def _subscriptions(self, company, partners):
        theirs = Domain("partner_id", "in", partners.ids)
        return theirs & Domain("company_id", "=", company.id)

    @api.model
    def _sections(self, company, rut, email, partners):
        own = (
            self.env._("Subscriptions"),
            UNTIL_ERASED,
            "sale.subscription",
            self._subscriptions(company, partners),
            ["name", "date_start", "recurring_total"],
        )
        return [*super()._sections(company, rut, email, partners), own]

    @api.model
    def _erase_never_billed(self, company, partners):
        erased = super()._erase_never_billed(company, partners)
        subscriptions = self.env["sale.subscription"].sudo().with_company(company)
        subscriptions = subscriptions.search(self._subscriptions(company, partners))
        idle = subscriptions.filtered(lambda one: not one.sale_order_ids and not one.invoice_ids)
        erased += [self.env._("Erased: subscription %s, never billed.", one.name) for one in idle]
        idle.unlink()
        return erased
