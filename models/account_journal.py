from odoo import fields, models

from .base_big_integer import BigInteger


class AccountJournal(models.Model):
    """The branch that a journal invoices for, and how it prices."""

    _inherit = "account.journal"

    l10n_cl_branch_name = fields.Char(
        "Branch", size=20, help="Name of the sucursal, as documents of this journal show it."
    )
    l10n_cl_branch_id = fields.Many2one(
        "res.partner",
        "Branch Address",
        help="Street and commune that documents of this journal are issued from. Empty: the "
        "company's.",
    )
    l10n_cl_sii_branch_code = BigInteger(
        "SII Branch Code",
        aggregator=False,
        help="Number that the SII gave to this branch (CdgSIISucur).",
    )
    l10n_cl_gross = fields.Boolean(
        "Gross Lines",
        help="Invoices whose prices include VAT, and that carry no other tax, show lines with VAT "
        "(MntBruto).",
    )
