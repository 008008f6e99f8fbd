from odoo import fields, models

from ...sii import clock


class AccountMove(models.Model):
    """Without terms Odoo makes due on the day on which a draft was made; it is due on its own."""

    _inherit = "account.move"

    def _l10n_cl_due(self):
        """When it is due: as somebody or its terms said it, else on its date."""
        day = self.invoice_date or clock.today()
        due = self.invoice_date_due
        untyped = self.state == "draft" and not self.invoice_payment_term_id
        return day if untyped and due and due < day and due in self._l10n_cl_made() else due

    def _l10n_cl_made(self):
        """The day of its making: here, for who made it, and where servers count."""
        made = self.create_date or fields.Datetime.now()
        return {
            made.date(),
            fields.Date.context_today(self, made),
            fields.Date.context_today(self.with_context(tz=str(clock.CHILE)), made),
        }

    def _l10n_cl_refresh_due(self):
        if (due := self._l10n_cl_due()) != self.invoice_date_due:
            self.invoice_date_due = due
