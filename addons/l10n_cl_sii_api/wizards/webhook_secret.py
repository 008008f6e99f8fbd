from odoo import fields, models


class WebhookSecret(models.TransientModel):
    """Shows a new secret, once."""

    _name = "l10n_cl.webhook.secret"
    _description = "Secret of a webhook"

    webhook_id = fields.Many2one("l10n_cl.webhook", required=True, readonly=True)
    url = fields.Char(related="webhook_id.url")
    secret = fields.Char(readonly=True)
