"""Totales as the ledger has them (PROTOCOL 5.6, 5.7)."""

from ...sii import kinds
from ...sii.document import TaxTotal, Totals
from ...sii.document.amounts import not_withheld, slaughter_base
from ...sii.document.taxes import RETENTIONS
from ..taxpayer.account_tax import VAT
from .amounts import decimal, net_of, taxes_of


def totals_of(rows, kind):
    net = sum(net_of(row.base_line) for row in rows if row.affected)
    exempt = sum(net_of(row.base_line) for row in rows if not row.affected)
    booked = tax_amounts(rows)
    vats = [tax for tax in booked if tax.l10n_cl_sii_code == VAT]
    vat = sum(booked[tax] for tax in vats)
    total = net + exempt + sum(booked.values())
    taxes = _tax_totals(booked)
    credit = -sum(amount for tax, amount in booked.items() if tax.l10n_cl_is_construction_credit)
    if not vats:
        return Totals(total, exempt=exempt, taxes=taxes)
    if kinds.of(kind).is_boleta and taxes:
        # A boleta has no room for other taxes than VAT: it has its total alone.
        return Totals(total, exempt=exempt or None)
    withholds = any(code in RETENTIONS for row in rows for code in row.codes)
    return Totals(
        total=total,
        net=net,
        exempt=exempt or None,
        vat_rate=decimal(vats[0].amount).normalize(),
        vat=vat,
        taxes=taxes,
        vat_not_withheld=not_withheld(kind, vat, taxes) if withholds else None,
        construction_credit=credit or None,
        slaughter_base=slaughter_base(taxes),
    )


def tax_amounts(rows):
    """Pesos by tax, signed as booked: a retention is negative."""
    amounts = {}
    for row in rows:
        for tax, amount in taxes_of(row.base_line):
            amounts[tax] = amounts.get(tax, 0) + amount
    return amounts


def _tax_totals(booked):
    """ImptoReten: one of each code and rate, none that comes to nothing."""
    totals = {}
    for tax, amount in booked.items():
        if tax._l10n_cl_is_additional():
            key = tax.l10n_cl_sii_code, tax._l10n_cl_rate()
            totals[key] = totals.get(key, 0) + amount
    return tuple(
        TaxTotal(code, abs(amount), rate) for (code, rate), amount in totals.items() if amount
    )
