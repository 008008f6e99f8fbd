from odoo import api, models
from odoo.exceptions import ValidationError

# The SII has not decided yet on documents in these states, and only their own environment can.
_UNDECIDED = ("pending", "signed", "sent", "exception")


class Issuer(models.Model):
    """From certification to production: not while documents are on their way."""

    _inherit = "l10n_cl.issuer"

    @api.constrains("environment")
    def _check_nothing_on_its_way(self):
        left = (
            self.env["l10n_cl.dte"]
            .sudo()
            ._read_group(
                [("issuer_id", "in", self.ids), ("state", "in", _UNDECIDED)],
                ["issuer_id", "environment"],
                ["__count"],
            )
        )
        for issuer, environment, count in left:
            if environment != issuer.environment:
                raise ValidationError(
                    self.env._(
                        "%(count)s documents of %(company)s are still on their way to the SII's "
                        "other environment. Wait until they are decided, or give up their folios, "
                        "before you change the environment.",
                        count=count,
                        company=issuer.company_id.name,
                    )
                )
