from odoo import api, fields, models
from odoo.tools import SQL

from ..base.big_integer import BigInteger
from ..base.today import today


class Caf(models.Model):
    """How many folios of a CAF nobody has used: neither this database nor another system."""

    _inherit = "l10n_cl.caf"

    left = BigInteger(
        "Folios left",
        compute="_compute_left",
        help="Those that nobody has used and nobody holds.",
    )
    reserved = BigInteger(
        "Folios reserved",
        compute="_compute_left",
        help="Held by a job that is posting many documents. What it does not use is free again.",
    )
    state = fields.Selection(
        [
            ("active", "In use"),
            ("exhausted", "Exhausted"),
            ("expired", "Expired"),
            ("elsewhere", "Other environment"),
        ],
        compute="_compute_left",
    )

    @api.depends("dte_ids.folio", "first", "last", "expires_on", "issuer_id.environment")
    def _compute_left(self):
        stocks = {}
        if self.ids:
            ids = tuple(self.ids)
            stocks = {stock.caf.id: stock for stock in self._stocks(SQL("caf.id IN %s", ids))}
        reserved = self._count_reserved()
        for caf in self:
            stock = stocks.get(caf.id)
            caf.left = stock.left - stock.held if stock else caf.last - caf.first + 1
            caf.reserved = reserved.get(caf.id, 0)
            if not caf.left and not caf.reserved:
                caf.state = "exhausted"
            elif caf.environment != caf.issuer_id.environment:
                caf.state = "elsewhere"
            else:
                caf.state = "active" if caf._usable_on(today(caf.company_id)) else "expired"

    def _count_reserved(self):
        """caf id -> how many of its folios are reserved for somebody."""
        if not self.ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT caf_id, count(*) FROM l10n_cl_dte WHERE state = 'reserved'"
                    " AND caf_id IN %s GROUP BY caf_id",
                    tuple(self.ids),
                )
            )
        )
