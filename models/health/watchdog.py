from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .texts import finding_text

_ACTIVITY = "l10n_cl_sii.activity_health"


class MailActivity(models.Model):
    _inherit = "mail.activity"

    l10n_cl_findings = fields.Text(
        readonly=True, help="Names of the findings of the watchdog that it tells, one a line."
    )


class Issuer(models.Model):
    """In: findings of health. Out: one activity a manager, which ends with what it was about.

    Never calls twice for the same finding, nor changes what it reports.
    """

    _name = "l10n_cl.issuer"
    _inherit = ["l10n_cl.issuer", "mail.activity.mixin"]

    alarms = fields.Text(
        compute="_compute_findings", help="What keeps documents from getting to the SII."
    )
    warnings = fields.Text(compute="_compute_findings", help="What somebody must look into.")

    @api.depends_context("lang")
    def _compute_findings(self):
        # a form that is not saved yet has no findings; one that is edited shows what is kept
        saved = self._origin
        findings = self.env["l10n_cl.health"]._findings(saved) if saved else []
        for issuer in self:
            for severity, field in (("critical", "alarms"), ("warning", "warnings")):
                texts = [
                    finding_text(self.env, finding)
                    for finding in findings
                    if finding.issuer == issuer._origin and finding.severity == severity
                ]
                issuer[field] = "\n".join(texts) or False

    @api.model
    def _cron_watchdog(self):
        """Call the managers for what is new, and take back what is over."""
        issuers = self.search([("active", "in", (True, False))])
        active = issuers.filtered("active")
        health = self.env["l10n_cl.health"]
        # of an archived issuer only what it has sent still matters
        findings = health._findings(active)
        findings += health._late_findings(Domain("issuer_id", "in", (issuers - active).ids))
        self.env["l10n_cl.incident"]._each_alone(
            issuers,
            lambda issuer: issuer._call_managers(
                [each for each in findings if each.issuer == issuer]
            ),
        )

    def _call_managers(self, findings):
        """One activity for each manager, kept up to date; another when something new is found."""
        called = dict(self.activity_search([_ACTIVITY]).grouped("user_id"))
        names = {finding.name for finding in findings}
        for user in self._managers() if findings else ():
            values = self._activity_values(findings, user)
            activity = called.pop(user, self.env["mail.activity"])
            if names <= set((activity.l10n_cl_findings or "").splitlines()):
                activity.write(values)
            else:
                activity.unlink()
                self.activity_schedule(_ACTIVITY, user_id=user.id, **values)
        for over in called.values():
            over.unlink()

    def _activity_values(self, findings, user):
        env = self.with_context(lang=user.lang, tz=user.tz).env
        texts = [finding_text(env, finding) for finding in findings]
        items = Markup().join(Markup("<li>%s</li>") % text for text in texts)
        return {
            "summary": texts[0] if len(texts) == 1 else f"{texts[0]} (+{len(texts) - 1})",
            "note": Markup("<ul>%s</ul>") % items,
            "l10n_cl_findings": "\n".join(finding.name for finding in findings),
        }

    def _companies(self):
        """The companies, branches too, whose documents are issued by these issuers."""
        companies = self.env["res.company"].sudo()
        companies = companies.search([("id", "child_of", self.company_id.ids)])
        return companies.filtered(lambda company: company.l10n_cl_issuer_id in self)

    def _managers(self):
        """Users who look after this issuer."""
        group = self.env.ref("l10n_cl_sii.group_manager")
        return self.env["res.users"].search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", self.company_id.ids)]
        )
