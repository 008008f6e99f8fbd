"""The buttons that open the wizard that pays and emits: of an order, statements, a draft."""

from odoo import models
from odoo.exceptions import UserError

from ..access.entry import EMITTER, entry


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @entry("read", EMITTER)
    def l10n_cl_action_pay_and_emit(self):
        """Button: pay what this order owes next, and emit its document."""
        self.ensure_one()
        owed = self.l10n_cl_statement_ids.filtered(lambda s: s.state in ("pending", "expired"))
        if not owed:
            raise UserError(self.env._("Nothing of this order is owed."))
        return owed.sorted("due_date")[:1].l10n_cl_action_pay_and_emit()


class Statement(models.Model):
    _inherit = "l10n_cl.statement"

    @entry("read", EMITTER)
    def l10n_cl_action_pay_and_emit(self):
        """Button: pay these statements and emit their documents."""
        self._check_payable()
        return self.env["l10n_cl.pay.and.emit"]._open(
            self.partner_id[:1], self.company_id, statement_ids=[(6, 0, self.ids)]
        )
