"""What changes with the year and is not there yet: shown from December on, when it can be fixed."""

from datetime import date

from odoo import api, models

from ...sii import clock, kinds
from ...sii.document import boleta_limit, construction_credit, fees
from ..taxpayer.account_tax import FEES
from .health import Finding

_DECEMBER = 12
_MONTHS_AFTER = 3


class Health(models.AbstractModel):
    _inherit = "l10n_cl.health"

    @api.model
    def _boleta_limit_findings(self, issuers):
        """Of who issues boletas: the limit of this year, in December of the next one too."""
        years = _years()
        if all(year in boleta_limit.KNOWN for year in years):
            return []
        cafs = self.env["l10n_cl.caf"].sudo()
        boletas = [
            ("issuer_id", "in", issuers.ids),
            ("document_type_id.code", "in", kinds.texts(is_boleta=True)),
        ]
        return [
            Finding(
                issuer,
                "boleta_limit",
                {
                    "year": year,
                    "date": boleta_limit.uf_day(year),
                    "published": boleta_limit.published_by(year),
                },
                str(year),
            )
            for issuer in cafs.search(boletas).issuer_id
            for year in years
            if not issuer._knows_boleta_limit(year)
        ]

    @api.model
    def _fee_findings(self, issuers):
        """Of who has retentions of fees in his books: those of this year and of the next."""
        taxes = self.env["account.tax"].sudo().with_context(active_test=False)
        kept = [
            ("company_id", "in", issuers.company_id.root_id.ids),
            ("type_tax_use", "=", "purchase"),
            ("l10n_cl_sii_code", "=", FEES),
            ("amount_type", "=", "percent"),
        ]
        rates = {}
        for tax in taxes.search(kept):
            rates.setdefault(tax.company_id, set()).add(round(-tax.amount, 4))
        this = clock.today().year
        return [
            Finding(
                issuer, "fee_tax", {"year": year, "rate": f"{fees.retained(year):f}"}, str(year)
            )
            for issuer in issuers
            if (found := rates.get(issuer.company_id.root_id))
            for year in (this, this + 1)
            if float(fees.retained(year)) not in found
        ]

    @api.model
    def _construction_findings(self, issuers):
        """Of who has the builders' credit in use, around the day on which it ends."""
        end, today = construction_credit.LAST_DAY, clock.today()
        if not end.replace(day=1) <= today < date(end.year + 1, 1 + _MONTHS_AFTER, 1):
            return []
        used = [
            ("company_id", "in", issuers.company_id.root_id.ids),
            ("l10n_cl_is_construction_credit", "=", True),
        ]
        companies = self.env["account.tax"].sudo().search(used).company_id
        return [
            Finding(issuer, "construction_credit", {"date": end})
            for issuer in issuers
            if issuer.company_id.root_id in companies
        ]


def _years():
    today = clock.today()
    return [today.year] + [today.year + 1] * (today.month == _DECEMBER)
