from odoo import Command, models
from odoo.addons.account.models.chart_template import template
from odoo.fields import Domain

from ...sii.document import fees
from ...sii.document.taxes import RETENTIONS, TAXES, VAT_RETAINED, Base
from ...sii.document.vat import VAT_RATE
from ...sii.printing.names import TAXES as NAMES

# Percentages that the chart of accounts does not have; specific taxes change from week to week.
_ADDED = (18, 19, 23, 26, 44, 45)
_RETAINED = sorted(
    code for code in RETENTIONS if TAXES[code].base is not Base.DECLARED and code != VAT_RETAINED
)
_BEER = 26
_ADVANCED_VAT = (18, 19)
# What who pays fees keeps back, of the years that Odoo's chart does not have.
_FEES = {f"l10n_cl_sii_fees_{year}": fees.retained(year) for year in (2027, 2028)}
_SUGARY = {"l10n_cl_sii_code": 271}


class AccountChartTemplate(models.AbstractModel):
    """Additional taxes and retentions of the SII (PROTOCOL 5.7) beside those of Odoo's chart.

    Few companies need any of them: all but the one on beer are archived, and their switch in the
    list of taxes makes them usable.
    """

    _inherit = "account.chart.template"

    @template("cl", "account.tax")
    def _get_l10n_cl_sii_account_tax(self):
        # a later chart of Odoo's may have the fees of these years
        odoo = self._parse_csv("cl", "account.tax", module="l10n_cl").values()
        known = {float(tax["amount"]) for tax in odoo if tax.get("l10n_cl_sii_code") == "15"}
        there = {name for name, rate in _FEES.items() if -float(rate) in known}
        taxes = self._l10n_cl_sii_taxes()
        return {name: values for name, values in taxes.items() if name not in there}

    def _l10n_cl_sii_taxes(self):
        """Values of each by its name."""
        added = {
            f"l10n_cl_sii_{use}_{code}": _tax(code, use) for code in _ADDED for use in _ACCOUNTS
        }
        retained = {f"l10n_cl_sii_retention_{code}": _retention(code) for code in _RETAINED}
        kept = {name: _fees(int(name[-4:]), rate) for name, rate in _FEES.items()}
        # The chart calls sugary drinks beer: at 18 % the SII objects to that code.
        return {**added, **retained, **kept, "ila_a_180_s": _SUGARY, "ila_a_180_p": _SUGARY}

    def _l10n_cl_sii_load_taxes(self):
        """Give the taxes to a company whose chart is older than this addon."""
        taxes = self._l10n_cl_sii_taxes()
        present = {name for name in taxes if self.ref(name, raise_if_not_found=False)}
        for name in present:
            tax = self.ref(name)
            if name.startswith("ila_") and (tax.amount, tax.l10n_cl_sii_code) == (18, _BEER):
                tax.write(taxes[name])
        missing = {name for name in taxes if not name.startswith("ila_")} - present
        missing = {
            name: taxes[name] for name in sorted(missing) if self._l10n_cl_lacks(taxes[name])
        }
        self._load_data({"account.tax": missing})

    def _l10n_cl_lacks(self, values):
        """Whether the company can use such a tax, and has none made by hand."""
        accounts = {command[2]["account_id"] for command in values["repartition_line_ids"]}
        groups = {values["tax_group_id"]}
        if not all(
            self.ref(name, raise_if_not_found=False) for name in groups | accounts - {False}
        ):
            return False
        every = self.env["account.tax"].with_context(active_test=False)
        alike = [
            ("l10n_cl_sii_code", "=", values["l10n_cl_sii_code"]),
            ("amount", "=", values["amount"]),
            ("amount_type", "=", values["amount_type"]),
        ]
        return not every.search_count(
            Domain("company_id", "=", self.env.company.id)
            & Domain("type_tax_use", "=", values["type_tax_use"])
            & (Domain("name", "=", values["name"]) | Domain(alike)),
            limit=1,
        )


_ACCOUNTS = {"sale": "account_210711", "purchase": "account_420220"}
_VAT_CREDIT, _FEE_ACCOUNT = "account_110710", "account_210740"


def _tax(code, use):
    rate = TAXES[code].rate
    recovered = use == "purchase" and code in _ADVANCED_VAT
    return {
        "name": f"{NAMES[code]} {rate:f}%",
        "amount": float(rate),
        "tax_group_id": "tax_group_ila",
        "active": code == _BEER,
        **_values(code, use, _VAT_CREDIT if recovered else _ACCOUNTS[use]),
    }


def _retention(code):
    rate = TAXES[code].rate_at(VAT_RATE)
    whole = "total" if TAXES[code].base is Base.VAT else "parcial"
    return {
        "name": f"{NAMES[code]} {whole} {rate:f}%" if rate else NAMES[code],
        "amount": -float(rate),
        "tax_group_id": "tax_group_retenciones",
        "active": False,
        **_values(code, "purchase", "account_210715"),
    }


def _fees(year, rate):
    return {
        "name": f"{rate:f}% Ret. 2da {year}",
        "amount": -float(rate),
        "tax_group_id": "tax_group_2da_categ",
        "active": True,
        **_values(15, "purchase", _FEE_ACCOUNT),
    }


def _values(code, use, account):
    return {
        "l10n_cl_sii_code": code,
        "type_tax_use": use,
        "amount_type": "percent",
        "sequence": 20,
        "repartition_line_ids": [
            Command.create(
                {
                    "document_type": kind,
                    "repartition_type": part,
                    "account_id": account if part == "tax" else False,
                }
            )
            for kind in ("invoice", "refund")
            for part in ("base", "tax")
        ],
    }
