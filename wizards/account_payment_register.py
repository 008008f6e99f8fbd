from odoo import fields, models

from ..models import chilean_day


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    payment_date = fields.Date(default=chilean_day.today)
