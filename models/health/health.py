from dataclasses import dataclass, field

from odoo import api, fields, models

from .texts import finding_text

# What stops documents from reaching the SII, worst first; anything else found is a warning.
_CRITICAL = (
    "copy",
    "examined",
    "altered",
    "unwritten",
    "unreachable",
    "cron_off",
    "cron_late",
    "library",
    "vault_closed",
    "certificate_expired",
    "no_folios",
    "not_issued",
    "books",
    "books_more",
    "unrequested",
    "undone",
    "not_emitted",
    "late",
    "foreign",
    "attention",
)

# Whoever looks: each part lists its findings. Those of the rooms after this one are hooks.
_PARTS = (
    "_setup_findings",
    "_certificate_findings",
    "_library_findings",
    "_vault_findings",
    "_boleta_limit_findings",
    "_fee_findings",
    "_construction_findings",
    "_schema_findings",
    "_document_findings",
    "_not_issued_findings",
    "_books_findings",
    "_till_findings",
    "_folio_findings",
    "_cron_findings",
    "_lane_findings",
    "_incident_findings",
    "_emission_findings",
    "_register_findings",
)


@dataclass(frozen=True)
class Finding:
    """Something that a manager of the issuer should know. data: values for its sentence.

    key: distinguishes findings of the same code.
    """

    issuer: models.Model
    code: str
    data: dict = field(default_factory=dict)
    key: str = ""

    @property
    def name(self) -> str:
        """The same for the same finding at any time: what the watchdog recognises it by."""
        return f"{self.code} {self.key}".strip()

    @property
    def severity(self) -> str:
        """``critical``: documents do not get to the SII. ``warning``: somebody must act."""
        return "critical" if self.code in _CRITICAL else "warning"

    @property
    def rank(self) -> tuple[int, str]:
        """Sorts the worst first."""
        codes = [*_CRITICAL, self.code]
        return codes.index(self.code), self.name


class Health(models.AbstractModel):
    """The figures behind banners, journal cards, watchdog and health endpoint, in one place.

    They are computed when somebody looks, because the scheduled action that watches can itself
    be switched off. Queries do not grow with the number of issuers.
    """

    _name = "l10n_cl.health"
    _description = "Health of the connection with the SII"

    @api.model
    def _findings(self, issuers):
        """All findings of some issuers, worst first."""
        issuers = issuers.sudo()
        found = [finding for part in _PARTS for finding in getattr(self, part)(issuers)]
        return sorted(found, key=lambda finding: finding.rank)

    @api.model
    def _report(self, issuers):
        """The figures as plain data, for programs. Holds no secrets."""
        issuers = issuers.sudo()
        findings = self._findings(issuers)
        severities = {finding.severity for finding in findings}
        stocks = issuers._folio_stocks()
        oldest = self._oldest_waiting(issuers)
        emission = self._emission_report(issuers)
        return {
            "status": next((s for s in ("critical", "warning") if s in severities), "ok"),
            "checked_at": _iso(fields.Datetime.now()),
            "issuers": [
                {
                    "company": issuer.company_id.name,
                    "rut": issuer.company_rut,
                    "environment": issuer.environment,
                    "unreachable_since": _iso(issuer.unreachable_since),
                    "last_answer_at": _iso(issuer.last_answer_at),
                    "boletas_unreachable_since": _iso(issuer.boleta_unreachable_since),
                    "oldest_waiting_since": _iso(oldest.get(issuer)),
                    "folios": [_stock(stock) for stock in stocks if stock.issuer == issuer],
                    "findings": [
                        {
                            "code": finding.code,
                            "severity": finding.severity,
                            "count": finding.data.get("count"),
                            "text": finding_text(self.env, finding),
                        }
                        for finding in findings
                        if finding.issuer == issuer
                    ],
                    "emission": emission[issuer],
                }
                for issuer in issuers
            ],
        }


def _stock(stock):
    return {
        "type": int(stock.document_type.code),
        "left": stock.left,
        "reserved": stock.reserved,
        "per_day": round(stock.per_day, 2),
        "days_left": stock.days_left,
        "to_ask": stock.to_ask,
        "expires_on": stock.expires_on and stock.expires_on.isoformat(),
    }


def _iso(moment):
    return moment.isoformat() + "Z" if moment else None
