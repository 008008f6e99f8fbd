"""Acteco: the SII's codes of economic activity."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .res_city import fold

_TYPED = re.compile(r"(?P<code>[0-9]{5,6})(?:[\s:.,-]+(?P<name>.*))?", re.DOTALL)


class Acteco(models.Model):
    """One activity code; an issuer carries those that it registered at the SII (PROTOCOL 5.3)."""

    _name = "l10n_cl.acteco"
    _description = "SII Activity Code"
    _inherit = ["l10n_cl.given.mixin"]
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(size=6, required=True)
    name = fields.Char()

    _code_unique = models.Constraint("UNIQUE (code)", "This activity code already exists.")
    _code_format = models.Constraint(
        "CHECK (code ~ '^[0-9]{6}$')",
        "An activity code has six digits, leading zeros included, such as 620100 or 011101.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for acteco in self:
            acteco.display_name = " ".join(filter(None, [acteco.code, acteco.name]))

    def _search_display_name(self, operator, value):
        """Found by any words, without regard to accents and case."""
        domain = super()._search_display_name(operator, value)
        if operator in ("like", "ilike") and isinstance(value, str) and (key := fold(value)):
            words = key.split()
            found = self.search([("name", "!=", False)]).filtered(
                lambda acteco: all(word in fold(acteco.display_name) for word in words)
            )
            domain |= Domain("id", "in", found.ids)
        return domain

    @api.model
    def default_get(self, fields):
        """A form that opens with what was typed as the name: its number is the code."""
        values = super().default_get(fields)
        if "name" in values and (typed := _TYPED.fullmatch((values["name"] or "").strip())):
            values["name"] = typed["name"] or False
            if "code" in fields:
                values["code"] = _code(typed)
        return values

    @api.model
    def name_create(self, name):
        """What is typed begins with the code; who types words alone is asked for the code."""
        if not (typed := _TYPED.fullmatch(name.strip())):
            raise ValidationError(
                self.env._("Write the six digits of the activity code first, such as 620100.")
            )
        code = _code(typed)
        acteco = self.search([("code", "=", code)], limit=1)
        acteco = acteco or self.create({"code": code, "name": typed["name"] or False})
        return acteco.id, acteco.display_name


def _code(typed):
    """A leading zero is lost in a spreadsheet."""
    return typed["code"].zfill(6)
