from odoo import fields, models


class Dte(models.Model):
    """What the page and its mails ask of documents."""

    _inherit = "l10n_cl.dte"

    told_generation = fields.Integer(
        "Generation mailed to users",
        readonly=True,
        copy=False,
        help="Of its rejections, the last one that was mailed to users.",
    )

    # few among many that are legal
    _objected = models.Index("(company_id, issued_on) WHERE state = 'objected'")
