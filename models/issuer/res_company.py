from odoo import api, fields, models

from ..access.entry import INTERNAL
from ..base.obstacle import Obstacle


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_cl_issuer_ids = fields.One2many("l10n_cl.issuer", "company_id", string="SII Issuers")
    l10n_cl_issuer_id = fields.Many2one(
        "l10n_cl.issuer",
        string="SII Issuer",
        compute="_compute_l10n_cl_issuer_id",
        groups=INTERNAL,
        help="Who this company is to the SII. A branch uses the issuer of its parent company.",
    )

    @api.depends("l10n_cl_issuer_ids.active", "parent_id")
    def _compute_l10n_cl_issuer_id(self):
        for company in self:
            # nearest first: a branch's own issuer, then its parents'
            lineage = company.sudo().parent_ids.sorted(lambda parent: -len(parent.parent_path))
            company.l10n_cl_issuer_id = lineage.l10n_cl_issuer_ids.filtered("active")[:1]

    def _l10n_cl_obstacles(self):
        """What keeps this company from emitting: an Obstacle each."""
        self.ensure_one()
        issuer = self.l10n_cl_issuer_id.sudo()
        if not issuer:
            text = self.env._(
                "It is not set up as issuer: see SII Invoicing > Configuration > Issuers."
            )
            return [Obstacle(text, issuer)]
        if obstacles := issuer._obstacles():
            return obstacles
        problem = issuer._certificate_problem()
        return [Obstacle(problem, issuer)] if problem else []
