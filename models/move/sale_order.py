from odoo import Command, fields, models

from ...sii.document import limits
from ..base import chilean_day


class SaleOrder(models.Model):
    """The customer's purchase order becomes a reference of the invoice (PROTOCOL 5.5, 801)."""

    _inherit = "sale.order"

    def _prepare_invoice(self):
        return {
            **super()._prepare_invoice(),
            "l10n_cl_reference_ids": self._l10n_cl_purchase_orders(),
            "l10n_cl_goods_travel": self.l10n_cl_goods_travel,
        }

    def _create_invoices(self, grouped=False, final=False, date=None):
        """An invoice of several orders is made from the values of the first."""
        moves = super()._create_invoices(grouped=grouped, final=final, date=date)
        for move in moves.sudo():
            cited = move.l10n_cl_reference_ids.mapped("folio")
            orders = move.line_ids.sale_line_ids.order_id
            move.l10n_cl_reference_ids = orders._l10n_cl_purchase_orders(cited)
            move._l10n_cl_propose_reference()
            orders._l10n_cl_leave_goods_open(move)
        return moves

    def _l10n_cl_purchase_orders(self, cited=()):
        """Commands that refer to the customers' orders, but for the folios that are cited."""
        orders = self.filtered(lambda order: order.country_code == "CL" and order.client_order_ref)
        return [
            Command.create(
                {
                    "document_type_id": self.env.ref("l10n_cl.dc_odc").id,
                    "folio": folio,
                    "issued_on": fields.Date.context_today(
                        order.with_context(tz=chilean_day.CHILE), order.date_order
                    ),
                }
            )
            for folio, order in {
                order.client_order_ref[: limits.REFERENCE_FOLIO]: order for order in orders
            }.items()
            if folio not in cited
        ]
