from odoo import fields, models


class ApiClientSecret(models.TransientModel):
    """Shows a new secret, once."""

    _name = "l10n_cl.api.client.secret"
    _description = "Secret of a program"

    client_id = fields.Many2one("l10n_cl.api.client", required=True, readonly=True)
    api_key = fields.Char(related="client_id.api_key")
    secret = fields.Char("API secret", readonly=True)
