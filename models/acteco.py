"""Acteco: the SII's codes of economic activity."""

from odoo import api, fields, models


class Acteco(models.Model):
    """One activity code; an issuer carries those that it registered at the SII (PROTOCOL 5.3)."""

    _name = "l10n_cl.acteco"
    _description = "SII Activity Code"
    _inherit = ["l10n_cl.given.mixin"]
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(size=6, required=True)
    name = fields.Char(required=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This activity code already exists.")
    _code_format = models.Constraint(
        "CHECK (code ~ '^[0-9]{6}$')",
        "An activity code has six digits, leading zeros included, such as 620100 or 011101.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for acteco in self:
            acteco.display_name = f"{acteco.code} {acteco.name}"
