from odoo import models
from odoo.exceptions import UserError


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def _create_invoices(self, sale_orders):
        for order in sale_orders:
            if order._l10n_cl_is_invoiced_by_statements():
                raise UserError(
                    self.env._(
                        "%s is invoiced by its statements: see its page Statements.", order.name
                    )
                )
        return super()._create_invoices(sale_orders)
