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


class AccountPayment(models.Model):
    _inherit = "account.payment"

    date = fields.Date(default=today)
