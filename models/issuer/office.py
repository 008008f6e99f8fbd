"""The SII's offices, one of which each taxpayer belongs to; its name is printed below the box."""

import re

from odoo import api, fields, models
from odoo.fields import Domain

from ..taxpayer.res_city import fold


class SiiOffice(models.Model):
    """One office. The list comes along; what it lacks is added by whoever needs it."""

    _name = "l10n_cl.sii.office"
    _description = "SII Office"
    _inherit = ["l10n_cl.given.mixin"]
    _order = "name, id"

    name = fields.Char(required=True)
    region = fields.Char()
    aliases = fields.Char("Other Spellings", help="Further names, separated by commas.")
    search_names = fields.Char(compute="_compute_search_names", store=True)

    @api.depends("name", "region", "aliases")
    def _compute_search_names(self):
        """What it is found by, folded, between bars: "|san antonio|valparaiso|"."""
        for office in self:
            names = [office.name, office.region, *(office.aliases or "").split(",")]
            keys = dict.fromkeys(key for key in map(fold, filter(None, names)) if key)
            office.search_names = f"|{'|'.join(keys)}|"

    def _search_display_name(self, operator, value):
        """Found by any word, without regard to accents and case, also by its region."""
        domain = super()._search_display_name(operator, value)
        if operator in ("like", "ilike") and isinstance(value, str) and (key := fold(value)):
            domain |= Domain.AND(Domain("search_names", "like", word) for word in key.split())
        return domain

    @api.model
    def name_create(self, name):
        """What is there already is not made twice."""
        office = self._named(name)
        return office.id, office.display_name

    @api.model
    def _named(self, name):
        """The office of that name in whatever spelling; made when the list lacks it."""
        key = re.sub(r"^(s i i|sii) ", "", fold(name))
        same = Domain("search_names", "like", f"|{key}|") if key else Domain.FALSE
        for office in self.search(same):
            if key in map(fold, [office.name, *(office.aliases or "").split(",")]):
                return office
        return self.create({"name": name})


class Issuer(models.Model):
    _inherit = "l10n_cl.issuer"

    sii_office_id = fields.Many2one(
        "l10n_cl.sii.office",
        "SII office",
        ondelete="restrict",
        help="Printed below the document's box, such as SANTIAGO CENTRO.",
    )
    sii_office = fields.Char(
        "Name of the SII office",
        compute="_compute_sii_office",
        inverse="_inverse_sii_office",
        help="Programs may write it in any spelling.",
    )

    @api.depends("sii_office_id.name")
    def _compute_sii_office(self):
        for issuer in self:
            issuer.sii_office = issuer.sii_office_id.name

    def _inverse_sii_office(self):
        for issuer in self:
            offices, typed = self.env["l10n_cl.sii.office"], (issuer.sii_office or "").strip()
            issuer.sii_office_id = offices._named(typed) if typed else False
