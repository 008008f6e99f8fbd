from odoo import models


class ResCompany(models.Model):
    """Who is called when a person must act: never a robot, nor somebody who left."""

    _inherit = "res.company"

    def _l10n_cl_responsible(self, *users):
        """The first of these users who works here; if none does, a manager of the issuer."""
        self.ensure_one()
        for user in users:
            if user.active and not user.share and self in user.sudo().company_ids:
                return user
        return self.l10n_cl_issuer_id.sudo()._managers()[:1] or users[-1]
