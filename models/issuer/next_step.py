from odoo import api, fields, models


class Issuer(models.Model):
    """What a newcomer does next: one step at a time, told in one box."""

    _inherit = "l10n_cl.issuer"

    next_step = fields.Char(compute="_compute_next_step")

    @api.depends("missing")
    def _compute_next_step(self):
        for issuer in self:
            steps = (issuer.missing or "").splitlines()
            if not steps and not issuer._has_folios():
                steps = [self.env._("Load a CAF: the folios of one document type, from the SII.")]
            issuer.next_step = steps[0] if steps else False

    def _has_folios(self):
        """Whether a CAF of this company and environment was ever loaded."""
        return bool(
            self.env["l10n_cl.caf"]
            .sudo()
            .search_count(
                [("issuer_id", "in", self._origin.ids), ("environment", "=", self.environment)],
                limit=1,
            )
        )
