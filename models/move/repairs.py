from odoo import models


class AccountMove(models.Model):
    """What l10n_cl calls on invoices in another currency, and Community defines nowhere."""

    _inherit = "account.move"

    def _l10n_cl_normalize_currency_name(self, currency_name):
        """The customs' name of a currency (``DOLAR USA``), or its code where l10n_cl has none."""
        currency = self.env["res.currency"].with_context(active_test=False)
        found = currency.search([("name", "=", currency_name)], limit=1)
        return found.l10n_cl_short_name or currency_name

    def _format_length(self, text, text_len):
        """The text cut to a length; empty when there is none."""
        return (text or "")[:text_len]
