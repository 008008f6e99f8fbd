from odoo import models
from odoo.fields import Domain

from .text_health import finding_text

# Counter on the card -> states that it counts, as the filter of the same name does
_COUNTERS = {
    "to_send": ("pending", "signed"),
    "sent": ("sent",),
    "rejected": ("rejected",),
    "attention": ("exception",),
}


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _fill_sale_purchase_dashboard_data(self, dashboard_data):
        """Add what waits at the SII to the cards of the journals that issue tax documents."""
        super()._fill_sale_purchase_dashboard_data(dashboard_data)
        issuing = self.filtered(
            lambda journal: (
                journal.type == "sale"
                and journal.l10n_latam_use_documents
                and journal.country_code == "CL"
            )
        )
        if not issuing or not self.env.user.has_group("l10n_cl_sii.group_viewer"):
            return
        counts = issuing._l10n_cl_state_counts()
        warnings = issuing._l10n_cl_warnings()
        emission = self.env["l10n_cl.health"]._emission_figures(issuing.company_id)
        for journal in issuing:
            counters = {
                name: sum(counts.get((journal.id, state), 0) for state in states)
                for name, states in _COUNTERS.items()
            }
            issuer = journal.company_id.l10n_cl_issuer_id
            dashboard_data[journal.id]["l10n_cl_sii"] = {
                **counters,
                "parked": emission[journal.company_id]["parked"],
                "due_unpaid": emission[journal.company_id]["due_unpaid"],
                "warnings": warnings.get(issuer, []),
            }

    def _l10n_cl_state_counts(self):
        """(journal id, state of the tax document) -> invoices."""
        domain = Domain(self.env["account.move"]._check_company_domain(self.env.companies))
        domain &= Domain("journal_id", "in", self.ids) & Domain("l10n_cl_dte_state", "!=", False)
        groups = self.env["account.move"]._read_group(
            domain, ["journal_id", "l10n_cl_dte_state"], ["__count"]
        )
        return {(journal.id, state): count for journal, state, count in groups}

    def _l10n_cl_warnings(self):
        """issuer -> sentences, worst first."""
        warnings = {}
        for finding in self.env["l10n_cl.health"]._findings(self.company_id.l10n_cl_issuer_id):
            issuer = finding.issuer.sudo(False)
            warnings.setdefault(issuer, []).append(finding_text(self.env, finding))
        return warnings

    def l10n_cl_action_open_issuer(self):
        """Link on the card: the issuer, with all that is found."""
        self.ensure_one()
        return self.company_id.l10n_cl_issuer_id._get_records_action()

    def l10n_cl_action_open_requests(self):
        """Link on the card: what is parked, or due and unpaid, as the link's context says."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "l10n_cl_sii.emission_request_action"
        )
        filters = {
            key: value for key, value in self.env.context.items() if key.startswith("search_")
        }
        return {**action, "context": filters}
