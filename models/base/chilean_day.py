"""The day of a Chilean company is Chile's, wherever its user sits (PROTOCOL 0.3).

Odoo takes the user's timezone, and UTC for users without one: there the next day begins while
Chile still has an evening to go.
"""

from odoo import fields, models

from ...sii import clock

CHILE = str(clock.CHILE)


def today(record):
    """Today for the company that the record's user works for; the default of dates."""
    if record.env.company.country_code == "CL":
        return clock.today()
    return fields.Date.context_today(record)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_cl_apart(self):
        """Chilean companies' invoices in Chile's timezone, and all others as they are."""
        chilean = self.filtered(lambda move: move.country_code == "CL")
        return chilean.with_context(tz=CHILE), self - chilean

    def _compute_date(self):
        chilean, others = self._l10n_cl_apart()
        super(AccountMove, others)._compute_date()
        return super(AccountMove, chilean)._compute_date()

    def _compute_invoice_date_due(self):
        chilean, others = self._l10n_cl_apart()
        super(AccountMove, others)._compute_invoice_date_due()
        return super(AccountMove, chilean)._compute_invoice_date_due()

    def _get_invoice_currency_rate_date(self):
        move = self.with_context(tz=CHILE) if self.country_code == "CL" else self
        return super(AccountMove, move)._get_invoice_currency_rate_date()


class AccountPayment(models.Model):
    _inherit = "account.payment"

    date = fields.Date(default=today)
