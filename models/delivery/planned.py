"""A mail that somebody wrote goes out later, with what that person may send and nothing else."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError


class Delivery(models.Model):
    """The settings of Send & Print name records by id, and a scheduled action reads them as system.

    So who planned the mail is kept, everything named is checked with that person's rights when it
    is planned and again before it is written, and it is written as that person.
    """

    _inherit = "l10n_cl.delivery"

    planned_by_id = fields.Many2one(
        "res.users", "Written by", readonly=True, copy=False, ondelete="set null"
    )

    def write(self, vals):
        """What was planned is not changed any more: it was checked as it stands."""
        if {"settings", "planned_by_id"} & vals.keys() and not self.env.su:
            raise AccessError(self.env._("A planned mail cannot be changed: write it again."))
        return super().write(vals)

    def _refusal(self):
        """Why this mail may not go out as it was planned, or False."""
        if not self.settings:
            return False  # nobody wrote it: it is made of the document alone
        if not self.planned_by_id.active and self.planned_by_id.id != SUPERUSER_ID:
            return self.env._("Whoever wrote this mail works here no more. Send it again.")
        source = self.dte_id._source().with_user(self.planned_by_id)
        for records, what in self._named(source.env, self.settings) + [
            (source, self.env._("the invoice"))
        ]:
            try:
                records.check_access("read")
            except AccessError:
                return self.env._(
                    "%(user)s may not send %(what)s that this mail names. Nothing was sent: write "
                    "the mail again.",
                    user=self.planned_by_id.name,
                    what=what,
                )
        return self._refused_reports(source)

    @api.model
    def _named(self, env, settings):
        """(records, word for people) of everything that settings name, as the user of ``env``."""
        widget = settings.get("mail_attachments_widget") or []
        ids = [entry["id"] for entry in widget if isinstance(entry["id"], int)]
        named = [
            ("ir.attachment", ids, self.env._("a file")),
            ("res.partner", settings.get("mail_partner_ids") or [], self.env._("to a contact")),
            ("mail.template", settings.get("mail_template") or [], self.env._("by the template")),
            ("ir.actions.report", settings.get("pdf_report") or [], self.env._("the report")),
        ]
        return [(env[model].browse(ids).exists(), what) for model, ids, what in named]

    def _refused_reports(self, source):
        """Reports and templates are of its source, and reports of those who may print them."""
        user, settings = self.planned_by_id, self.settings
        reports = self.env["ir.actions.report"].browse(settings.get("pdf_report") or [])
        widget = settings.get("mail_attachments_widget") or []
        names = {entry["dynamic_report"] for entry in widget if entry.get("dynamic_report")}
        dynamic = reports.search([("report_name", "in", list(names))])
        used = (reports | dynamic).exists()
        template = self.env["mail.template"].browse(settings.get("mail_template") or []).exists()
        known = names == set(dynamic.mapped("report_name"))
        of_invoices = {*used.mapped("model"), *template.mapped("model")} <= {source._name}
        allowed = all(
            not report.group_ids or report.group_ids & user.all_group_ids for report in used
        )
        if known and of_invoices and allowed:
            return False
        return self.env._(
            "%s may not send the report or template that this mail names. Write the mail again.",
            user.name,
        )
