"""Our fields in Odoo's models name records of ours: their ids are checked there too.

A mixin added to a model of Odoo runs inside all extensions of that model, right before the ORM's
own methods, wherever the class that adds it stands. That of invoices is in
models/signed/account_move.py.
"""

from odoo import models


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "l10n_cl.given.mixin"]


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
