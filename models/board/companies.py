from odoo import api, models

from ..access.entry import VIEWER, entry
from .words import rut_written

# What makes a row red, and amber
_BAD = ("rejected", "stopped", "parked")
_LOOK = ("to_answer",)


class Board(models.AbstractModel):
    """All companies of an accountant: a row each with the eight figures, red first."""

    _inherit = "l10n_cl.board"

    @api.model
    def _switchable(self):
        """Those that the user may switch to and that issue documents."""
        companies = self.env.user.company_ids
        return companies.filtered(lambda company: company.sudo().l10n_cl_issuer_id)

    @api.model
    def _rows(self, companies, figures, findings):
        """Nothing for who has one company: the page is that company's."""
        if len(companies) < 2:
            return []
        worst = {}
        for finding in findings:
            worst.setdefault(finding.issuer.id, []).append(finding.severity)
        rows = []
        for company in companies:
            counts = dict(figures[company.id])
            level = self._row_level(counts, worst.get(company.sudo().l10n_cl_issuer_id.id, ()))
            counts["stopped"] += counts.pop("parked")
            rows.append(
                {
                    "id": company.id,
                    "name": company.name,
                    "rut": rut_written(company.vat),
                    "level": level,
                    "figures": [counts[name] for name in self._tile_labels()],
                }
            )
        order = {"bad": 0, "look": 1, "good": 2}
        return sorted(rows, key=lambda row: (order[row["level"]], row["name"]))

    def _row_level(self, counts, severities):
        if "critical" in severities or any(counts[name] for name in _BAD):
            return "bad"
        if severities or any(counts[name] for name in _LOOK):
            return "look"
        return "good"

    @api.model
    @entry("read", VIEWER)
    def critical(self):
        """How many findings keep documents from the SII, in the companies at hand: the number in
        the bar above, wherever one works."""
        issuers = self.env.companies.sudo().l10n_cl_issuer_id
        findings = self.env["l10n_cl.health"]._findings(issuers)
        return sum(finding.severity == "critical" for finding in findings)
