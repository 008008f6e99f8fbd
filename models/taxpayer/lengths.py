from odoo import api, fields, models

from ...sii.document import limits


class ResPartner(models.Model):
    """Shown while one types: what is longer than a tax document holds."""

    _inherit = "res.partner"

    l10n_cl_length_hint = fields.Text(compute="_compute_l10n_cl_length_hint")

    @api.depends(
        "name",
        "l10n_cl_business_name",
        "l10n_cl_activity_description",
        "street",
        "street2",
        "vat",
        "country_id",
        "l10n_latam_identification_type_id",
    )
    def _compute_l10n_cl_length_hint(self):
        for partner in self:
            partner.l10n_cl_length_hint = "\n".join(partner._l10n_cl_length_hints()) or False

    def _l10n_cl_length_hints(self):
        """A sentence for each text of a taxpayer that is too long for the SII."""
        giro_limit = limits.ISSUER_GIRO if self.ref_company_ids else limits.GIRO
        address = ", ".join(filter(None, [self.street, self.street2]))
        texts = [
            (self.env._("name"), self.l10n_cl_business_name or self.name, limits.NAME),
            (self.env._("giro"), self.l10n_cl_activity_description, giro_limit),
            (self.env._("address"), address, limits.ADDRESS),
            (
                self.env._("number of passport or of another country"),
                self._l10n_cl_other_number(),
                limits.INTERNAL_CODE,
            ),
        ]
        return [
            self.env._(
                "The %(text)s has %(length)s characters, a tax document carries %(limit)s.",
                text=label,
                length=len(value.strip()),
                limit=limit,
            )
            for label, value, limit in texts
            if len((value or "").strip()) > limit
        ]
