from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import clock
from ..health.health import Finding

# Paid and neither emitted nor on its way there: nobody would look for it
_WITHOUT_REQUEST = [
    ("state", "=", "paid"),
    ("order_id.l10n_cl_emit_document", "=", True),
    "|",
    ("request_id", "=", False),
    "&",
    "&",
    ("request_id.state", "=", "cancelled"),
    ("request_id.given_up", "=", False),
    ("request_id.move_id", "=", False),
]
# Paid, and the invoice that was made for it is void, as when its folio was another document's
_WITHOUT_DOCUMENT = [("state", "=", "paid"), ("move_id.state", "in", ("draft", "cancel"))]
# Workers take up what is ready at once
_READY_TOO_LONG = timedelta(hours=1)
_PARKED = [("state", "=", "parked")]
# Name in the report -> our own
_REPORTED = {
    "parked": "parked",
    "due_unpaid": "due_unpaid",
    "paid_without_request": "unrequested",
    "paid_without_document": "undone",
    "ready_too_long": "not_emitted",
}


class Health(models.AbstractModel):
    """What was paid or came due and has no document yet."""

    _inherit = "l10n_cl.health"

    @api.model
    def _emission_findings(self, issuers):
        figures = self._emission_figures(issuers._companies())
        counts = {}
        for company, of_company in figures.items():
            for code in ("unrequested", "undone", "parked", "not_emitted"):
                key = (company.l10n_cl_issuer_id, code)
                counts[key] = counts.get(key, 0) + of_company[code]
        return [
            Finding(issuer, code, {"count": count})
            for (issuer, code), count in counts.items()
            if count
        ]

    @api.model
    def _emission_figures(self, companies):
        """company -> how many are parked, due and unpaid, ready for too long, paid and lost."""
        statements = self.env["l10n_cl.statement"].sudo()
        requests = self.env["l10n_cl.emission.request"].sudo()
        figures = {
            company: dict.fromkeys(
                ("parked", "due_unpaid", "unrequested", "undone", "not_emitted"), 0
            )
            for company in companies
        }
        for code, model, domain in (
            ("parked", requests, _PARKED),
            ("due_unpaid", requests, self._due_unpaid_domain()),
            ("unrequested", statements, _WITHOUT_REQUEST),
            ("undone", statements, _WITHOUT_DOCUMENT),
            ("not_emitted", requests, self._not_emitted_domain()),
        ):
            of_these = Domain(domain) & Domain("company_id", "in", companies.ids)
            for company, count in model._read_group(of_these, ["company_id"], ["__count"]):
                figures[company][code] = count
        return figures

    @api.model
    def _due_unpaid_domain(self):
        unpaid = Domain("payment_state", "in", ("pending", "expired"))
        return unpaid & Domain("state", "=", "waiting") & Domain("due_on", "<", clock.today())

    @api.model
    def _not_emitted_domain(self):
        late = fields.Datetime.now() - _READY_TOO_LONG
        return [("state", "=", "ready"), ("ready_at", "<", late)]

    @api.model
    def _emission_report(self, issuers):
        """issuer -> its part of the report, as plain data."""
        figures = self._emission_figures(issuers._companies())
        return {
            issuer: {
                name: sum(
                    numbers[code]
                    for company, numbers in figures.items()
                    if company.l10n_cl_issuer_id == issuer
                )
                for name, code in _REPORTED.items()
            }
            for issuer in issuers
        }
