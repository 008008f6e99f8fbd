"""Python packages of the server that are missing or do not fit."""

from odoo import api, models

from ...sii import libraries
from .health import Finding


class Health(models.AbstractModel):
    _inherit = "l10n_cl.health"

    @api.model
    def _library_findings(self, issuers):
        """What stops everything, and what something else stands in for."""
        codes = {"library": libraries.NEEDED, "library_signing": libraries.SIGNING}
        return [
            Finding(issuer, code, {"package": package, "reason": reason}, package)
            for code, packages in codes.items()
            for package, reason in libraries.unfit(packages).items()
            for issuer in issuers
        ]
