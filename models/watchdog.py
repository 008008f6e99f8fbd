from odoo import api, fields, models

from .text_health import finding_text

_ACTIVITY = "l10n_cl_sii.activity_health"


class MailActivity(models.Model):
    _inherit = "mail.activity"

    l10n_cl_finding = fields.Char(
        readonly=True, index="btree_not_null", help="The finding of the watchdog that it is about."
    )


class Issuer(models.Model):
    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "mail.activity.mixin"]

    findings = fields.Text("To look into", compute="_compute_findings")

    @api.depends_context("lang")
    def _compute_findings(self):
        texts = {}
        for finding in self.env["l10n_cl.health"]._findings(self):
            texts.setdefault(finding.issuer.id, []).append(finding_text(self.env, finding))
        for issuer in self:
            issuer.findings = "\n".join(texts.get(issuer.id, [])) or False

    @api.model
    def _cron_watchdog(self):
        """Call the managers for what is new, and take back what is mended."""
        issuers = self.search([])
        findings = self.env["l10n_cl.health"]._findings(issuers)
        for issuer in issuers:
            issuer._call_managers([each for each in findings if each.issuer == issuer])

    def _call_managers(self, findings):
        """One activity for each finding and manager, updated while it lasts."""
        open_ones = self.activity_search([_ACTIVITY])
        wanted = {(user, each.name): each for user in self._managers() for each in findings}
        for activity in open_ones:
            finding = wanted.pop((activity.user_id, activity.l10n_cl_finding), None)
            if finding is None:
                activity.unlink()
            elif activity.summary != (text := self._finding_text(finding, activity.user_id)):
                activity.summary = text
        for (user, name), finding in wanted.items():
            self.activity_schedule(
                _ACTIVITY,
                summary=self._finding_text(finding, user),
                user_id=user.id,
                l10n_cl_finding=name,
            )

    def _finding_text(self, finding, user):
        return finding_text(self.with_context(lang=user.lang, tz=user.tz).env, finding)

    def _managers(self):
        """Users who look after this issuer."""
        group = self.env.ref("l10n_cl_sii.group_manager")
        return self.env["res.users"].search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", self.company_id.ids)]
        )
