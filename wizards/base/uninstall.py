from odoo import api, fields, models


class BaseModuleUninstall(models.TransientModel):
    _inherit = "base.module.uninstall"

    l10n_cl_kept_text = fields.Text("Tax documents", compute="_compute_l10n_cl_kept_text")

    @api.depends_context("lang")
    @api.depends("module_ids")
    def _compute_l10n_cl_kept_text(self):
        for wizard in self:
            goes = "l10n_cl_sii" in wizard._get_modules().mapped("name")
            wizard.l10n_cl_kept_text = goes and wizard._l10n_cl_kept_text()

    def _l10n_cl_kept_text(self):
        counts = {
            name: self.env[name].sudo().with_context(active_test=False).search_count([])
            for name in ("l10n_cl.dte", "l10n_cl.received.dte")
        }
        return self.env._(
            "This database holds %(issued)s tax documents issued and %(received)s received. The "
            "law has you keep them for six years: their signed XML files stay as attachments of "
            "their invoices and bills, and those without one among the attachments. States, "
            "histories, folios (CAF) and certificates go, and documents that the SII has not "
            "answered are not followed any more. Make a backup of the whole database first.",
            issued=counts["l10n_cl.dte"],
            received=counts["l10n_cl.received.dte"],
        )
