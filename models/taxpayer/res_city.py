"""The communes of Chile, found under any spelling people use."""

import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import remove_accents


def fold(name):
    """The form under which spellings of one name meet: "Ñuñoa " and "nunoa", "O´Higgins" and
    "o'higgins". Only a-z, 0-9 and single blanks remain, so it is safe inside a LIKE pattern.
    """
    return " ".join(re.findall(r"[a-z0-9]+", remove_accents(name.replace("´", "'")).casefold()))


class ResCity(models.Model):
    """Adds to a city its CUT code (Código Único Territorial) and its other spellings."""

    _inherit = "res.city"

    l10n_cl_cut_code = fields.Char(
        "CUT Code",
        copy=False,
        help="Chile: the commune's five digits in the official list of territorial codes.",
    )
    l10n_cl_aliases = fields.Char(
        "Other Spellings",
        help="Chile: further names, separated by commas, under which the commune is found. "
        "Documents always carry the official name.",
    )
    l10n_cl_search_names = fields.Char(compute="_compute_l10n_cl_search_names", store=True)

    _l10n_cl_cut_code_unique = models.Constraint(
        "UNIQUE (l10n_cl_cut_code)", "This CUT code already belongs to another commune."
    )

    @api.depends("name", "l10n_cl_aliases", "l10n_cl_cut_code")
    def _compute_l10n_cl_search_names(self):
        """Folded name and aliases between bars ("|paiguano|paihuano|"); empty outside Chile."""
        for city in self:
            names = [city.name or "", *(city.l10n_cl_aliases or "").split(",")]
            keys = dict.fromkeys(key for key in map(fold, names) if key)
            city.l10n_cl_search_names = city.l10n_cl_cut_code and f"|{'|'.join(keys)}|"

    def _search_display_name(self, operator, value):
        """Find communes without regard to accents, case and punctuation, also by alias."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented  # the ORM then negates the positive search below
        domain = super()._search_display_name(operator, value)
        if operator in ("like", "ilike") and isinstance(value, str):
            if key := fold(value):
                domain |= Domain("l10n_cl_search_names", "like", key)
        elif operator in ("=", "in"):
            names = [value] if isinstance(value, str) else value or ()
            keys = [fold(name) for name in names if isinstance(name, str)]
            domain |= Domain.OR(
                Domain("l10n_cl_search_names", "like", f"|{key}|") for key in keys if key
            )
        return domain

    @api.model
    def _l10n_cl_find_commune(self, name):
        """The Chilean commune called ``name`` in any of its spellings, or an empty recordset."""
        if not name:
            return self.browse()
        return self.search(
            [("l10n_cl_cut_code", "!=", False), ("display_name", "=", name)], limit=1
        )
