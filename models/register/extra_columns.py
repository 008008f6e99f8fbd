from odoo import fields, models


class RcvEntry(models.Model):
    _inherit = "l10n_cl.rcv.entry"

    besides = fields.Json(
        "Further columns",
        readonly=True,
        help="What the SII's list says beyond the fields that programs exchange.",
    )
