from odoo import api, models
from odoo.exceptions import ValidationError

from .rut import WAITING


class Issuer(models.Model):
    """From certification to production: not while documents are on their way."""

    _inherit = "l10n_cl.issuer"

    @api.constrains("environment")
    def _check_nothing_on_its_way(self):
        left = (
            self.env["l10n_cl.dte"]
            .sudo()
            ._read_group(
                [("issuer_id", "in", self.ids), ("state", "in", WAITING)],
                ["issuer_id", "environment"],
                ["__count"],
            )
        )
        for issuer, environment, count in left:
            if environment != issuer.environment:
                raise ValidationError(
                    self.env._(
                        "Documents of %(company)s that are still on their way in the SII's other "
                        "environment, or rejected there: %(count)s. Wait until they are accepted, "
                        "or give up their folios, before you change the environment.",
                        count=count,
                        company=issuer.company_id.name,
                    )
                )
