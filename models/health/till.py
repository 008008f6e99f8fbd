from datetime import timedelta

from odoo import api, models

from ...sii import clock
from .health import Finding

# Who sells at the counter gives a boleta then: what is older is for the accountant
_LOOKED_AT = timedelta(days=35)
# What Odoo calls sold: paid, then closed with its session, whose entry is no document
_SOLD = ("paid", "done")


class Health(models.AbstractModel):
    """Sales of Odoo's point of sale, where it is installed beside us.

    Its orders that are invoiced are documents as any other; the others are booked together when
    the session is closed, and nobody gets a boleta for them.
    """

    _inherit = "l10n_cl.health"

    @api.model
    def _till_findings(self, issuers):
        if "pos.order" not in self.env:
            return []
        companies = issuers._companies()
        sold = [
            ("company_id", "in", companies.ids),
            ("state", "in", _SOLD),
            ("account_move", "=", False),
            ("amount_total", "!=", 0),
            ("date_order", ">=", clock.today() - _LOOKED_AT),
        ]
        orders = self.env["pos.order"].sudo()
        counts = {}
        for company, count in orders._read_group(sold, ["company_id"], ["__count"]):
            issuer = company.l10n_cl_issuer_id
            counts[issuer] = counts.get(issuer, 0) + count
        return [Finding(issuer, "till", {"count": n}) for issuer, n in counts.items()]
