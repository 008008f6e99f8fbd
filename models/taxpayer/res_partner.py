"""Chilean taxpayers: commune, city text and region that agree."""

from odoo import api, models


class ResPartner(models.Model):
    """Keeps ``city_id``, the commune of a Chilean address, and the free text ``city`` together.

    Whoever writes only one of them (forms, imports, the portal, the API) gets the other.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._l10n_cl_complete_commune(vals) for vals in vals_list])

    def write(self, vals):
        """Refused or completed before; what was parked because of it is tried again after."""
        self._l10n_cl_check_issuers(vals)
        result = super().write(self._l10n_cl_complete_commune(vals))
        self._l10n_cl_retry_emissions(vals)
        return result

    def _l10n_cl_complete_commune(self, vals):
        """``vals`` with the commune its city text names, and the texts that go with a commune.

        A commune wins over a city text that contradicts it; a city text of Chile that is no
        commune empties the commune, so that no document is issued to the former address.
        """
        commune = self.env["res.city"].browse(vals.get("city_id") or ())
        if not commune and "city" in vals and self._l10n_cl_will_be_chilean(vals):
            commune = commune._l10n_cl_find_commune(vals["city"])
            vals = {**vals, "city_id": commune.id}
        if not commune.l10n_cl_cut_code:
            return vals
        return {
            **vals,
            "city": commune.name,
            "state_id": commune.state_id.id,
            "country_id": commune.country_id.id,
        }

    def _l10n_cl_will_be_chilean(self, vals):
        """Whether all these partners (or the one to be created) are in Chile after ``vals``."""
        countries = self.country_id
        if "country_id" in vals:
            countries = countries.browse(vals["country_id"] or ())
        elif not all(partner.country_id for partner in self):
            return False
        return countries.mapped("code") == ["CL"]

    @api.model
    def _l10n_cl_match_communes(self):
        """Give a commune to every Chilean partner whose typed city is one."""
        unmatched = self.with_context(active_test=False).search(
            [("country_id.code", "=", "CL"), ("city", "!=", False), ("city_id", "=", False)]
        )
        for city, partners in unmatched.grouped("city").items():
            if commune := self.env["res.city"]._l10n_cl_find_commune(city):
                partners.write({"city_id": commune.id})
