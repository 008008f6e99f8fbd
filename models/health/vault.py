"""Keys that cannot be opened, or that lie open where they should not."""

from odoo import api, models

from ...sii.codes import Environment
from .health import Finding


class Health(models.AbstractModel):
    _inherit = "l10n_cl.health"

    @api.model
    def _vault_findings(self, issuers):
        readable = ", ".join(self.env["l10n_cl.vault"]._key_files_read_by_others())
        found = []
        for issuer, rows in self._vault_rows(issuers).items():
            if problem := rows._problem():
                found.append(Finding(issuer, "vault_closed", {"problem": problem}))
            elif issuer.environment == Environment.PRODUCTION and not all(rows.mapped("is_sealed")):
                found.append(Finding(issuer, "vault_open"))
            if readable and rows:
                found.append(Finding(issuer, "vault_file", {"files": readable}))
            if rows and self._all_write_templates():
                found.append(Finding(issuer, "vault_templates"))
        return found

    @api.model
    def _all_write_templates(self):
        """Whether each employee may write code into mail templates: it runs with all rights."""
        editors = self.env.ref("mail.group_mail_template_editor").sudo()
        return editors in self.env.ref("base.group_user").sudo().all_implied_ids

    @api.model
    def _vault_rows(self, issuers):
        """The rows that each issuer needs: its certificate's and those of its folios in use."""
        every = self.env["l10n_cl.caf"].sudo()
        cafs = every.search([("issuer_id", "in", issuers.ids)])
        cafs = cafs.filtered(lambda caf: caf.state == "active").grouped("issuer_id")
        return {
            issuer: issuer.certificate_id.l10n_cl_key_id | cafs.get(issuer, every).key_id
            for issuer in issuers.sudo()
        }
