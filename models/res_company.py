from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    l10n_cl_issuer_ids = fields.One2many("l10n_cl.issuer", "company_id", string="SII Issuers")
    l10n_cl_issuer_id = fields.Many2one(
        "l10n_cl.issuer",
        string="SII Issuer",
        compute="_compute_l10n_cl_issuer_id",
        help="Who this company is to the SII. A branch uses the issuer of its parent company.",
    )

    @api.depends("l10n_cl_issuer_ids.active", "parent_id")
    def _compute_l10n_cl_issuer_id(self):
        for company in self:
            # nearest first: a branch's own issuer, then its parents'
            lineage = company.sudo().parent_ids.sorted(lambda parent: -len(parent.parent_path))
            company.l10n_cl_issuer_id = lineage.l10n_cl_issuer_ids.filtered("active")[:1]
