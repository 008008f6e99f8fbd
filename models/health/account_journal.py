from odoo import models
from odoo.fields import Domain

from ..access.entry import VIEWER, entry
from .texts import finding_text

# Counter on the card -> states that it counts, as the filter of the same name does
_COUNTERS = {
    "to_send": ("pending", "signed"),
    "sent": ("sent",),
    "rejected": ("rejected", "foreign"),
    "attention": ("exception",),
}


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _fill_sale_purchase_dashboard_data(self, dashboard_data):
        """Add what waits at the SII to the cards of the journals that issue tax documents."""
        super()._fill_sale_purchase_dashboard_data(dashboard_data)
        issuing = self.filtered(
            lambda journal: (
                journal.type in ("sale", "purchase")
                and journal.l10n_latam_use_documents
                and journal.country_code == "CL"
            )
        )
        if not issuing or not self.env.user.has_group("l10n_cl_sii.group_viewer"):
            return
        counts = issuing._l10n_cl_state_counts()
        of_companies = issuing._l10n_cl_company_figures()
        for journal in issuing:
            counters = {
                name: sum(counts.get((journal.id, state), 0) for state in states)
                for name, states in _COUNTERS.items()
            }
            if journal.type == "sale":
                figures = of_companies[journal.company_id]
                dashboard_data[journal.id]["l10n_cl_sii"] = counters | figures
            elif any(counters.values()):
                # purchase invoices (46); the company's figures stand on the sales' card
                dashboard_data[journal.id]["l10n_cl_sii"] = counters | {"warnings": []}

    def _l10n_cl_company_figures(self):
        """company -> what is shown once for all its journals."""
        warnings = self._l10n_cl_warnings()
        emission = self.env["l10n_cl.health"]._emission_figures(self.company_id)
        return {
            company: {
                "parked": emission[company]["parked"],
                "due_unpaid": emission[company]["due_unpaid"],
                "warnings": warnings.get(company.l10n_cl_issuer_id, []),
            }
            for company in self.company_id
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

    @entry("read", VIEWER)
    def l10n_cl_action_open_issuer(self):
        """Link on the card: the issuer, with all that is found."""
        self.ensure_one()
        return self.company_id.l10n_cl_issuer_id._get_records_action()

    @entry("read", VIEWER)
    def l10n_cl_action_open_requests(self):
        """Link on the card: what is parked, or due and unpaid, by the link's context."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "l10n_cl_sii.emission_request_action"
        )
        filters = {
            key: value for key, value in self.env.context.items() if key.startswith("search_")
        }
        return {**action, "context": filters}
