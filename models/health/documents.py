from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...sii import kinds, states
from .health import Finding

# How long a document may stay in a state before that is strange. Unknown outcomes take two hours
# to clear up, and the SII may take a day over a document (PROTOCOL 3.2).
_LIMITS = {
    "pending": timedelta(hours=1),
    "signed": timedelta(hours=4),
    "sent": timedelta(hours=24),
}

# Types of invoices, and the book that has the documents which we issue of them
_EMITTED = (
    (("out_invoice", "out_refund"), kinds.Book.SALES),
    (("in_invoice",), kinds.Book.PURCHASES),
)


class Health(models.AbstractModel):
    _inherit = "l10n_cl.health"

    @api.model
    def _document_findings(self, issuers):
        of_these = Domain("issuer_id", "in", issuers.ids)
        documents, envios = self.env["l10n_cl.dte"].sudo(), self.env["l10n_cl.envio"].sudo()
        counts = [
            ("attention", documents, of_these & Domain("state", "=", "exception"), "issuer_id"),
            ("rejected", documents, of_these & Domain("state", "=", "rejected"), "issuer_id"),
            ("foreign", documents, of_these & Domain("state", "=", "foreign"), "issuer_id"),
            ("unknown", envios, of_these & Domain("state", "=", "unknown"), "issuer_id"),
            (
                "void",
                self.env["l10n_cl.folio.void"].sudo(),
                Domain("state", "=", "to_declare") & Domain("caf_id.issuer_id", "in", issuers.ids),
                "caf_id.issuer_id",
            ),
        ]
        return [
            *(
                Finding(issuer, code, {"count": count})
                for code, model, domain, issuer_field in counts
                for issuer, count in model._read_group(domain, [issuer_field], ["__count"])
            ),
            *self._late_findings(of_these),
        ]

    @api.model
    def _late_findings(self, of_these):
        now = fields.Datetime.now()
        too_long = Domain.OR(
            Domain("state", "=", state) & Domain("write_date", "<", now - limit)
            for state, limit in _LIMITS.items()
        )
        # a note that waits for its original is as late as that one
        free = Domain("waits_for_id", "=", False) | Domain("waits_for_id.state", "in", states.LEGAL)
        groups = (
            self.env["l10n_cl.dte"]
            .sudo()
            ._read_group(of_these & too_long & free, ["issuer_id"], ["__count", "write_date:min"])
        )
        return [
            Finding(issuer, "late", {"count": count, "since": since})
            for issuer, count, since in groups
        ]

    @api.model
    def _not_issued_findings(self, issuers):
        """Posted invoices that should be tax documents and are none.

        What is older than the issuer, or than its switch, was issued by another system.
        """
        companies = (
            self.env["res.company"].sudo().search([("id", "child_of", issuers.company_id.ids)])
        )
        issuer_of = {
            company: company.l10n_cl_issuer_id
            for company in companies
            if company.l10n_cl_issuer_id in issuers.filtered("emits_since")
        }
        if not issuer_of:
            return []
        ours = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("create_date", ">=", issuer._emits_since_moment())
            for company, issuer in issuer_of.items()
        )
        lacking = Domain(
            [
                ("state", "=", "posted"),
                ("journal_id.l10n_latam_use_documents", "=", True),
                ("l10n_latam_document_type_id.country_id.code", "=", "CL"),
                ("l10n_cl_dte_id", "=", False),
                ("l10n_cl_issued_elsewhere", "=", False),
            ]
        )
        emitted = Domain.OR(
            Domain("move_type", "in", types)
            & Domain("l10n_latam_document_type_id.code", "in", kinds.texts(issued=True, book=book))
            for types, book in _EMITTED
        )
        counts = {}
        groups = (
            self.env["account.move"]
            .sudo()
            ._read_group(ours & lacking & emitted, ["company_id"], ["__count"])
        )
        for company, count in groups:
            issuer = issuer_of[company]
            counts[issuer] = counts.get(issuer, 0) + count
        return [Finding(issuer, "not_issued", {"count": n}) for issuer, n in counts.items()]

    @api.model
    def _oldest_waiting(self, issuers):
        """issuer -> when the oldest document that still waits for a verdict was made."""
        waiting = [("issuer_id", "in", issuers.ids), ("state", "in", list(_LIMITS))]
        groups = (
            self.env["l10n_cl.dte"].sudo()._read_group(waiting, ["issuer_id"], ["create_date:min"])
        )
        return dict(groups)
