from odoo import fields, models


class ResPartner(models.Model):
    """Where the exchange envelopes of a taxpayer go to."""

    _inherit = "res.partner"

    l10n_cl_exchange_mailbox = fields.Char(
        "Exchange mailbox",
        help="E-mail address that the SII lists for this taxpayer's electronic documents (casilla "
        "de intercambio). The signed documents are sent there once the SII has accepted them.",
    )

    def _commercial_fields(self):
        return super()._commercial_fields() + ["l10n_cl_exchange_mailbox"]
