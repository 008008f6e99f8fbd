from odoo import api, models
from odoo.exceptions import ValidationError

from ...sii import rut, states


class Issuer(models.Model):
    """Documents on their way are signed in the name of one RUT by one issuer, in one of the SII's
    environments: all three stay."""

    _inherit = "l10n_cl.issuer"

    def _waiting_text(self):
        """What waits in this issuer's name, for people; empty when nothing does."""
        documents = self.env["l10n_cl.dte"].sudo()
        waiting = documents.search_count(
            [("issuer_id", "in", self.ids), ("state", "in", states.OPEN)], limit=1000
        )
        if not waiting:
            return ""
        example = documents.search(
            [("issuer_id", "in", self.ids), ("state", "in", states.OPEN)], limit=1, order="id"
        )
        return self.env._(
            "%(count)s documents of %(company)s still wait for the SII, or were rejected and not "
            "corrected, such as %(example)s",
            count=waiting,
            company=", ".join(self.company_id.mapped("name")),
            example=example.display_name,
        )

    def _check_archived(self, vals):
        """Raise ValidationError when a person archives it while documents wait."""
        archived = vals.get("active") is False and not self.env.su
        if archived and (waiting := self._waiting_text()):
            raise ValidationError(
                self.env._(
                    "%s. Wait until they are accepted, or give up their folios, before you "
                    "archive the issuer.",
                    waiting,
                )
            )

    @api.constrains("environment")
    def _check_nothing_on_its_way(self):
        left = (
            self.env["l10n_cl.dte"]
            .sudo()
            ._read_group(
                [("issuer_id", "in", self.ids), ("state", "in", states.OPEN)],
                ["issuer_id", "environment"],
                ["__count"],
            )
        )
        for issuer, environment, count in left:
            if environment != issuer.environment:
                raise ValidationError(
                    self.env._(
                        "Documents of %(company)s that are still on their way in the SII's other "
                        "environment, or rejected there: %(count)s. Wait until they are accepted, "
                        "or give up their folios, before you change the environment.",
                        count=count,
                        company=issuer.company_id.name,
                    )
                )


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.constrains("vat")
    def _check_l10n_cl_company_rut(self):
        """The RUT of a company of ours stays while documents signed with it wait."""
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        for company in companies.search([("partner_id", "in", self.ids)]):
            company._l10n_cl_check_rut()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _l10n_cl_check_rut(self):
        """Raise ValidationError when documents wait that were signed with another RUT."""
        vat = self.vat or ""
        today = rut.canonical(vat) if rut.is_valid(vat) else ""
        other = (
            self.env["l10n_cl.dte"]
            .sudo()
            .search(
                [
                    (
                        "issuer_id",
                        "in",
                        self.with_context(active_test=False).l10n_cl_issuer_ids.ids,
                    ),
                    ("state", "in", states.OPEN),
                    ("issuer_rut", "!=", today),
                ],
                limit=1,
            )
        )
        if other:
            raise ValidationError(
                self.env._(
                    "%(waiting)s. They are signed with the RUT %(rut)s: it cannot change before "
                    "they are accepted, or their folios given up.",
                    waiting=other.issuer_id._waiting_text(),
                    rut=other.issuer_rut,
                )
            )

    @api.constrains("partner_id")
    def _check_l10n_cl_contact(self):
        for company in self:
            company._l10n_cl_check_rut()

    def write(self, vals):
        archived = vals.get("active") is False and not self.env.su
        if archived and (waiting := self.sudo().l10n_cl_issuer_ids._waiting_text()):
            raise ValidationError(
                self.env._("%s. Archive the company when nothing waits any more.", waiting)
            )
        result = super().write(vals)
        self._l10n_cl_retry_emissions(vals)
        return result
