from odoo import fields, models

from ...models.base.chilean_day import today


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    payment_date = fields.Date(default=today)
