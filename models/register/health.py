from datetime import UTC

from odoo import api, models
from odoo.fields import Domain

from ...sii.clock import CHILE
from ..health.health import Finding


class Health(models.AbstractModel):
    """What a manager must see in the register, and what keeps it from being read."""

    _inherit = "l10n_cl.health"

    @api.model
    def _register_findings(self, issuers):
        of_these = Domain("company_id", "in", issuers.company_id.ids)
        strange = of_these & Domain([("issue_type", "=", "issued"), ("match", "=", "only_sii")])
        # what is older than the issuer was issued by another system
        since = Domain.OR(
            Domain("company_id", "=", issuer.company_id.id)
            & Domain("date", ">=", issuer.create_date.replace(tzinfo=UTC).astimezone(CHILE).date())
            for issuer in issuers
        )
        unread = of_these & Domain([("problem", "!=", False), ("state", "!=", "closed")])
        troubled = of_these & (
            Domain("problem", "!=", False) | Domain("is_disconnected", "=", True)
        )
        return [
            Finding(issuer, code, {"count": count})
            for code, model, domain in (
                ("issued_elsewhere", "l10n_cl.rcv.entry", strange & since),
                ("register_unread", "l10n_cl.rcv.period", unread),
                ("provider", "l10n_cl.rcv.provider", troubled),
            )
            for company, count in self.env[model]
            .sudo()
            ._read_group(domain, ["company_id"], ["__count"])
            for issuer in issuers
            if issuer.company_id == company
        ]
