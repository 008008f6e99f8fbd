from odoo import api, fields, models
from odoo.fields import Domain

from ...sii.codes import Environment


class Issuer(models.Model):
    """Whose registers are asked for at the SII."""

    _inherit = "l10n_cl.issuer"

    syncs_register = fields.Boolean(
        "Sync the register",
        default=True,
        help="Every six hours the purchases and sales of this month and the two before it are read "
        "from the SII. It keeps registers in production only.",
    )
    syncs_honoraria = fields.Boolean(
        "Sync fee receipts",
        default=True,
        help="The reports of fee receipts (BHE and BTE) are read with the register.",
    )

    @api.model
    def _with_register(self):
        """The issuers whose registers can be asked for: there are some in production only."""
        domain = Domain("syncs_register", "=", True) & Domain("certificate_id", "!=", False)
        if not self._base_url():
            domain &= Domain("environment", "=", Environment.PRODUCTION.value)
        return self.sudo().search(domain).filtered(lambda each: each._has_register())

    def _has_register(self):
        """Whether this database asks for the register of a company that has a RUT."""
        return bool(self.company_rut) and not self.is_shut
