from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

# What a provider states, and what it was asked for
_PROVIDER_FIELDS = frozenset(
    {
        "amount",
        "currency_id",
        "is_post_processed",
        "operation",
        "partner_id",
        "payment_id",
        "provider_id",
        "sale_order_ids",
        "source_transaction_id",
        "state",
    }
)


class PaymentTransaction(models.Model):
    """Accountants may write online payments; those of statements are the provider's to write."""

    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        transactions = super().create(vals_list)
        if not self.env.su and transactions._l10n_cl_is_of_statements():
            raise AccessError(transactions._l10n_cl_provider_text())
        transactions._l10n_cl_check_offered()
        return transactions

    def _l10n_cl_check_offered(self):
        """A browser sends the id of a provider: any, also one that is switched off.

        Raises ValidationError when what is owed would be paid by one that is not offered for it to
        whoever asks.
        """
        chosen = self.sudo().filtered(lambda each: (each.operation or "").startswith("online"))
        for transaction in chosen:
            orders = transaction.sale_order_ids.filtered("l10n_cl_emit_document")
            owed = transaction.l10n_cl_statement_ids or orders
            if not owed:
                continue
            # what is offered may depend on the order, as where it is fetched
            of_order = {"sale_order_id": owed.id} if owed == orders and len(orders) == 1 else {}
            offered = transaction.provider_id._get_compatible_providers(
                owed.company_id[:1].id,
                transaction.partner_id.id,
                transaction.amount,
                currency_id=transaction.currency_id.id,
                **of_order,
            )
            if transaction.provider_id not in offered or len(owed.company_id) > 1:
                raise ValidationError(self._l10n_cl_not_offered_text())

    @api.model
    def _l10n_cl_not_offered_text(self):
        return self.env._("This way of paying is not offered here: load the page again.")

    def write(self, vals):
        if not self.env.su and ("l10n_cl_statement_ids" in vals or _PROVIDER_FIELDS & vals.keys()):
            if "l10n_cl_statement_ids" in vals or self._l10n_cl_is_of_statements():
                raise AccessError(self._l10n_cl_provider_text())
            result = super().write(vals)
            if "sale_order_ids" in vals and self._l10n_cl_is_of_statements():
                raise AccessError(self._l10n_cl_provider_text())
            return result
        return super().write(vals)

    def _l10n_cl_is_of_statements(self):
        mine = self.sudo()
        return bool(mine.l10n_cl_statement_ids or mine.sale_order_ids.l10n_cl_statement_ids)

    def _l10n_cl_provider_text(self):
        return self.env._(
            "An online payment of a statement is what its provider says. Register the payment by "
            "hand if the money came another way."
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._l10n_cl_check_transactions(vals)
        return super().create(vals_list)

    def _l10n_cl_check_transactions(self, vals):
        """Raise AccessError when a person writes online payments."""
        if not self.env.su and vals.get("transaction_ids"):
            raise AccessError(self.env["payment.transaction"]._l10n_cl_provider_text())
