from odoo import fields, models

from ..access.entry import EMITTER, entry


class AccountMove(models.Model):
    """An invoice made for a statement: its money is the statement's."""

    _inherit = "account.move"

    l10n_cl_statement_id = fields.Many2one(
        "l10n_cl.statement", "Buyer's statement", readonly=True, copy=False, index="btree_not_null"
    )

    def _l10n_cl_settle_statements(self):
        """The entry of a payment is posted, put back or cancelled by itself, too."""
        if payments := self.origin_payment_id:
            payments.sudo().l10n_cl_statement_ids._settle()

    def _l10n_cl_reconcile_statements(self):
        """Confirmed again, after its folio was given up: the money is still there."""
        for statement in self.sudo().l10n_cl_statement_id:
            statement._reconcile()

    def _invoice_paid_hook(self):
        """By a payment, an online one or a line of the bank: its statement is paid."""
        result = super()._invoice_paid_hook()
        self.sudo().l10n_cl_statement_id._settle()
        return result

    @entry("read", EMITTER)
    def l10n_cl_action_pay_and_emit(self):
        """Button on a draft invoice: confirm it, register its payment and show its folio."""
        self.ensure_one()
        return self.env["l10n_cl.pay.and.emit"]._open(
            self.partner_id, self.company_id, draft_id=self.id
        )
