import re

from odoo import api, models
from odoo.fields import Domain

from ...sii import rut as rut_of

# A RUT, or its beginning, with the dots that every printed document has.
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,2}(?:-[0-9kK]?)?")


class ResPartner(models.Model):
    """A taxpayer is found by his RUT however it is written, so that nobody makes him twice."""

    _inherit = "res.partner"

    @api.model
    def _search_display_name(self, operator, value):
        found = super()._search_display_name(operator, value)
        kept = _as_kept(value) if isinstance(value, str) else value
        if kept == value or operator in Domain.NEGATIVE_OPERATORS:
            return found
        return Domain(found) | Domain(super()._search_display_name(operator, kept))


def _as_kept(text):
    """A RUT as contacts have it; what is none stays as it is."""
    text = text.strip()
    if rut_of.is_valid(text):
        return rut_of.canonical(text)
    return text.replace(".", "").upper() if _DOTTED.fullmatch(text) else text
