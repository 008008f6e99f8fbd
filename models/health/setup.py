from collections import Counter
from datetime import timedelta

from odoo import api, fields, models

from ...sii import clock
from ..folio.forecast import WARN_BEFORE_EXPIRY, WARN_BELOW_DAYS
from ..issuer.channels import CHANNELS
from .health import Finding

_CERTIFICATE_WARNING = timedelta(days=30)
_CRON_LATE_AFTER = timedelta(hours=1)


class Health(models.AbstractModel):
    _inherit = "l10n_cl.health"

    @api.model
    def _setup_findings(self, issuers):
        """Copies, examinations and outages."""
        copies = issuers.filtered("is_shut")
        return [
            *(Finding(issuer, "copy") for issuer in copies),
            *(Finding(issuer, "copy_in_tests") for issuer in issuers.filtered("is_copy") - copies),
            *(Finding(issuer, "examined") for issuer in issuers.filtered("is_examined")),
            *(
                Finding(issuer, "unreachable", {"channel": channel}, channel)
                for issuer in issuers - copies
                for channel in CHANNELS
                if issuer._pause_text(channel)
            ),
        ]

    @api.model
    def _certificate_findings(self, issuers):
        now = fields.Datetime.now()
        found = []
        for issuer in issuers:
            end = issuer.certificate_id.date_end
            if end and end < now + _CERTIFICATE_WARNING:
                code = "certificate_expired" if end < now else "certificate_ends"
                found.append(Finding(issuer, code, {"date": end.date()}))
        return found

    @api.model
    def _folio_findings(self, issuers):
        soon = clock.today() + WARN_BEFORE_EXPIRY
        found = []
        for stock in issuers._folio_stocks():
            if not stock.per_day:
                # nobody waits for folios of a type that is not used
                continue
            data = {"type": stock.document_type, "ask": stock.to_ask}
            if not stock.left:
                code = "no_folios"
            elif stock.days_left < WARN_BELOW_DAYS:
                code = "few_folios"
                data.update(left=stock.left, days=stock.days_left)
            elif stock.expires_on and stock.expires_on < soon:
                code = "folios_expire"
                data["date"] = stock.expires_on
            else:
                continue
            found.append(Finding(stock.issuer, code, data, stock.document_type.code))
        return found

    @api.model
    def _incident_findings(self, issuers):
        incidents = self.env["l10n_cl.incident"].sudo()
        groups = incidents._read_group([("times", ">", 0)], ["company_id", "kind"], ["__count"])
        counts = Counter()
        for company, kind, count in groups:
            # what is of no company is everybody's
            for issuer in company.l10n_cl_issuer_id & issuers if company else issuers:
                counts[issuer, kind] += count
        return [Finding(issuer, kind, {"count": n}) for (issuer, kind), n in counts.items()]

    @api.model
    def _cron_findings(self, issuers):
        data = self.env["ir.model.data"].sudo()
        # of our addons on top of this one, too
        records = data.search([("module", "=like", r"l10n\_cl\_sii%"), ("model", "=", "ir.cron")])
        crons = self.env["ir.cron"].sudo().with_context(active_test=False)
        crons = crons.search([("id", "in", records.mapped("res_id"))])
        # several may be the lanes of one queue: one that runs is enough
        off = crons.browse()
        for lanes in crons.grouped(lambda cron: (cron.model_id, cron.code)).values():
            if not any(lanes.mapped("active")):
                off |= lanes.sorted("id")[:1]
        before = fields.Datetime.now() - _CRON_LATE_AFTER
        late = crons.filtered(lambda cron: cron.active and cron.nextcall < before)
        return [
            Finding(issuer, code, {"names": found})
            for issuer in issuers
            for code, found in (("cron_off", off), ("cron_late", late))
            if found
        ]
