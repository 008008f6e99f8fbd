from datetime import datetime, time, timezone

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...sii import clock
from ..base.obstacle import Obstacle
from ..base.today import today


class Issuer(models.Model):
    """The switch: from which day on a company's invoices are issued by this addon.

    A company that already invoices goes on as ever until that day comes.
    """

    _inherit = "l10n_cl.issuer"

    emits_since = fields.Date(
        "Emits from",
        default=lambda self: today(self.env.company),
        tracking=True,
        copy=False,
        help="From this day on, confirming an invoice issues its tax document. Before it, or while "
        "it is empty, invoices are recorded as ever, under the number that is typed.",
    )
    emission_text = fields.Char("Emission", compute="_compute_emission_text")

    @api.depends_context("lang")
    @api.depends("emits_since", "company_id")
    def _compute_emission_text(self):
        for issuer in self:
            issuer.emission_text = issuer._emission_text()

    def _emission_text(self):
        day = format_date(self.env, self.emits_since)
        names = {"company": self.company_id.name or "", "day": day}
        if self._emits():
            return self.env._(
                "Since %(day)s, %(company)s's invoices are issued to the SII.", **names
            )
        if self.emits_since:
            return self.env._(
                "From %(day)s on, %(company)s's invoices are issued to the SII. Until then they "
                "are recorded without tax document, as before.",
                **names,
            )
        return self.env._(
            "Switched off: %(company)s's invoices are recorded without tax document, as before. "
            "Set “Emits from” to begin.",
            **names,
        )

    @api.onchange("company_id")
    def _onchange_company_emits(self):
        """Who has invoiced in this database goes on as before until a day is chosen."""
        if not self._origin and self.company_id._l10n_cl_invoiced_before():
            self.emits_since = False

    def _emits(self):
        return bool(self.emits_since) and self.emits_since <= today(self.company_id)

    def _emits_since_moment(self):
        """The moment, as Odoo stores moments, from which on nothing is posted without document."""
        begin = datetime.combine(self.emits_since, time(), clock.CHILE)
        begin = begin.astimezone(timezone.utc).replace(tzinfo=None)  # noqa: UP017
        return max(begin, self.create_date)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _l10n_cl_emits(self):
        """Whether confirming an invoice of this company issues its tax document today.

        An issuer that was archived, with nobody in its place, leaves the switch as it was: its
        company cannot emit, and sees why.
        """
        self.ensure_one()
        issuers = self.l10n_cl_issuer_id.sudo()
        if not issuers:
            lineage = self.sudo().with_context(active_test=False).parent_ids
            issuers = lineage.l10n_cl_issuer_ids
        return any(issuer._emits() for issuer in issuers)

    def _l10n_cl_emission_obstacles(self):
        """What keeps this company's own sales from being issued: the switch, or what it lacks."""
        self.ensure_one()
        issuer = self.l10n_cl_issuer_id.sudo()
        if issuer and not issuer._emits():
            return [Obstacle(issuer._emission_text(), issuer)]
        return self._l10n_cl_obstacles()

    def _l10n_cl_invoiced_before(self):
        """Whether invoices with a legal number were posted without a document of ours."""
        domain = [
            ("company_id", "child_of", self.ids),
            ("move_type", "in", ("out_invoice", "out_refund")),
            ("state", "=", "posted"),
            ("l10n_latam_document_type_id", "!=", False),
            ("l10n_cl_dte_id", "=", False),
        ]
        return bool(self and self.env["account.move"].sudo().search_count(domain, limit=1))
