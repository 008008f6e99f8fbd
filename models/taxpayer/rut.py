"""A taxpayer is one, however people, imports and portals wrote its RUT."""

import re
from collections import defaultdict

from stdnum.util import clean

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sii import rut

_RUTS = ("l10n_cl.it_RUT", "l10n_cl.it_RUN")
# A RUT, or its beginning, with the dots that every printed document has.
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,2}(?:-[0-9kK]?)?")
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
        other: an archived taxpayer is not made a second time.

        ruts: canonical ones. Returns {rut: contacts}; RUTs without a contact are left out.
        """
        wanted = {number.replace("-", "").lstrip("0"): number for number in ruts}
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
        for partner, number, active in rows:
            if active:
                in_use.add(number)
            if active or number not in in_use:
                found[wanted[number]].append(partner)
        return {number: self.browse(ids) for number, ids in found.items()}

    @api.model
    def _l10n_cl_create_supplier(self, number, name, **values):
        """A contact of a supplier whom nobody knew; number: its RUT. values: what else is
        known of it."""
        return self.create(
            {
                "name": name,
                "is_company": True,
                "country_id": self.env.ref("base.cl").id,
                "l10n_latam_identification_type_id": self.env.ref("l10n_cl.it_RUT").id,
                "vat": number,
                "l10n_cl_sii_taxpayer_type": "1",
                **values,
            }
        )

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

    # -- a number is a RUT by what kind of number it is, not because it is there

    def _l10n_cl_rut(self):
        """The RUT or RUN of a contact as it was typed; empty for a passport and its like."""
        return (self.vat or "") if self._l10n_cl_has_rut() else ""

    def _l10n_cl_other_number(self):
        """The number of a contact that is no RUT: of a passport, or of another country."""
        return "" if self._l10n_cl_has_rut() else (self.vat or "")

    def _l10n_cl_has_rut(self):
        kind = self.l10n_latam_identification_type_id
        # kept in the process, where env.ref asks each time whether the record is still there
        known = self.env["ir.model.data"]._xmlid_to_res_id
        if kind and kind.id in [known(name) for name in _RUTS]:
            return True
        if kind and (not kind.is_vat or kind.country_id.code not in (False, "CL")):
            return False
        # "VAT", or empty: who lives abroad has a RUT when it is one
        return self.country_code in (False, "CL") or rut.is_valid(self.vat or "")

    # -- found by it however it is written, so that nobody makes him twice

    @api.model
    def _search_display_name(self, operator, value):
        found = super()._search_display_name(operator, value)
        kept = _as_kept(value) if isinstance(value, str) else value
        if kept == value or operator in Domain.NEGATIVE_OPERATORS:
            return found
        return Domain(found) | Domain(super()._search_display_name(operator, kept))


def _as_kept(text):
    """A RUT as contacts have it; what is none stays as it is."""
    text = text.strip()
    if rut.is_valid(text):
        return rut.canonical(text)
    return text.replace(".", "").upper() if _DOTTED.fullmatch(text) else text
