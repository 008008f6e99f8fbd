from odoo import fields, models


class Issuer(models.Model):
    """How long the histories of documents are kept that the SII decided about."""

    _inherit = "l10n_cl.issuer"

    history_days = fields.Integer(
        "Days of history",
        help="Steps on the way of documents (signed, tried, sent, asked for) are deleted so many "
        "days after the SII decided; documents, files and the SII's verdicts stay for ever. At 0 "
        "every step stays.",
    )
