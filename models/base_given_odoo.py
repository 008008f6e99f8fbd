"""Our fields in Odoo's models name records of ours: they are looked at there too."""

from odoo import models


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "l10n_cl.given.mixin"]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "l10n_cl.given.mixin"]


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "l10n_cl.given.mixin"]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "l10n_cl.given.mixin"]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "l10n_cl.given.mixin"]


class PaymentTransaction(models.Model):
    _name = "payment.transaction"
    _inherit = ["payment.transaction", "l10n_cl.given.mixin"]
