from odoo import api, fields, models


class ResCity(models.Model):
    """Communes as programs write them: the official name, or the one in the guide's list."""

    _inherit = "res.city"

    l10n_cl_guide_name = fields.Char(
        "Name in the guide",
        help="How the guide of the API writes it, where the official name is another.",
    )

    @api.model
    def _l10n_cl_exact_commune(self, name):
        """The Chilean commune written exactly so, accents and capitals too; or an empty set."""
        if not isinstance(name, str) or not name or "\0" in name:
            return self.browse()
        named = ["|", ("name", "=", name), ("l10n_cl_guide_name", "=", name)]
        return self.search([("l10n_cl_cut_code", "!=", False), *named], limit=1)
