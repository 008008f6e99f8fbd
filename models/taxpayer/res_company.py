"""The company's side of the territory: its commune, and Chile among the LATAM countries."""

from odoo import api, fields, models


class ResCompany(models.Model):
    """Adds the commune of the head office."""

    _inherit = "res.company"

    l10n_cl_commune_id = fields.Many2one(related="partner_id.city_id", readonly=False)

    @api.onchange("l10n_cl_commune_id")
    def _onchange_l10n_cl_commune_id(self):
        self.city = self.l10n_cl_commune_id.name
        self.state_id = self.l10n_cl_commune_id.state_id

    def _is_latam(self):
        """Portal and checkout ask customers of a Chilean company for their RUT."""
        return super()._is_latam() or self.country_code == "CL"
