"""A taxpayer is one, however people, imports and portals wrote its RUT."""

from collections import defaultdict

from stdnum.util import clean

from odoo import api, models
from odoo.tools import SQL

_PLAIN = "ltrim(upper(regexp_replace(%s, '[^0-9kK]', '', 'g')), '0')"


def plain_rut(column):
    """SQL of a RUT without points, dash, country and zeros before it. column: SQL."""
    return SQL(_PLAIN, column)


class ResPartner(models.Model):
    _inherit = "res.partner"

    _l10n_cl_plain_rut = models.Index(f"(({_PLAIN % 'vat'})) WHERE vat IS NOT NULL")

    @api.private
    def format_vat_cl(self, vat):
        """Copied from a PDF it has hyphens that only look like one."""
        return super().format_vat_cl(clean(vat))

    @api.model
    def _l10n_cl_of_ruts(self, ruts, company):
        """Contacts of each RUT, in one query: the company's own before shared ones, and those that
        belong to nobody else first; the company itself last. Archived ones where there is no
        other: a taxpayer whom somebody put away is not made a second time.

        ruts: canonical ones. Returns {rut: contacts}; RUTs without a contact are left out.
        """
        wanted = {rut.replace("-", "").lstrip("0"): rut for rut in ruts}
        if not wanted:
            return {}
        self.flush_model(["vat", "company_id", "parent_id", "active", "country_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT partner.id, %(plain)s, partner.active
                     FROM res_partner partner
                     LEFT JOIN res_country country ON country.id = partner.country_id
                    WHERE partner.vat IS NOT NULL
                      AND %(plain)s = ANY(%(ruts)s)
                      AND (partner.company_id IS NULL OR partner.company_id = %(company)s)
                      AND (country.code IS NULL OR country.code = 'CL')
                    ORDER BY NOT partner.active, partner.id = %(own)s,
                             partner.company_id NULLS LAST, partner.parent_id IS NOT NULL,
                             partner.id""",
                plain=plain_rut(SQL("partner.vat")),
                ruts=list(wanted),
                company=company.id,
                own=company.partner_id.id,
            )
        )
        found, in_use = defaultdict(list), set()
        for partner, rut, active in rows:
            if active:
                in_use.add(rut)
            if active or rut not in in_use:
                found[wanted[rut]].append(partner)
        return {rut: self.browse(ids) for rut, ids in found.items()}

    def _l10n_cl_is_taxpayer(self, canonical, kind):
        """Fill what a contact lacks whose tax documents the SII knows.

        canonical: its RUT. kind: of taxpayer, as ``l10n_cl_sii_taxpayer_type``.
        """
        self.ensure_one()
        missing = {}
        if not self.l10n_cl_sii_taxpayer_type:
            missing["l10n_cl_sii_taxpayer_type"] = kind
        if not self.country_id:
            # of a Chilean contact Odoo looks at the spelling too
            missing |= {"country_id": self.env.ref("base.cl").id, "vat": canonical}
        if missing:
            self.write(missing)
