"""OtraMoneda and OtrMnda: what an invoice agreed in another currency states of it."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from ...sii.codes import CURRENCIES, OTHER_CURRENCY
from ...sii.document import ForeignLine, ForeignTax, ForeignTotals
from ..taxpayer.account_tax import VAT
from .amounts import decimal

_FOUR_DECIMALS = Decimal("0.0001")


def _four(value):
    return value.quantize(_FOUR_DECIMALS, rounding=ROUND_HALF_UP).normalize()


def _net(base_line):
    """As agreed, before rounding: four decimals at the rate are the pesos that were booked."""
    return decimal(base_line["tax_details"]["raw_total_excluded_currency"])


def _taxes(base_line):
    return [
        (tax_data["tax"], decimal(tax_data["raw_tax_amount_currency"]))
        for tax_data in base_line["tax_details"]["taxes_data"]
    ]


def is_foreign(move):
    return move.currency_id != move.company_currency_id


def _rate(move):
    """Pesos per unit of the invoice's currency, as the invoice was booked."""
    return _four(1 / decimal(move.invoice_currency_rate or 1.0))


def _sii_currency(move):
    name = move.currency_id.with_context(lang="en_US").l10n_cl_short_name
    return name if name in CURRENCIES else OTHER_CURRENCY


def foreign_line(move, row):
    if not is_foreign(move) or not row.amount:
        return None
    base_line = row.base_line
    amount = _net(base_line)
    if row.gross:
        amount += sum(tax_amount for _tax, tax_amount in _taxes(base_line))
    factor = abs(decimal(base_line["quantity"])) * (1 - decimal(base_line["discount"]) / 100)
    given = row.given * decimal(move.invoice_currency_rate or 1.0)
    return ForeignLine(
        price=_four(amount / factor if factor else decimal(base_line["price_unit"])),
        currency=move.currency_id.name,
        amount=_four(amount - given),
        rate=_rate(move),
    )


def foreign_totals(move, rows):
    if not is_foreign(move):
        return None
    net = sum((_net(row.base_line) for row in rows if row.affected), Decimal(0))
    exempt = sum((_net(row.base_line) for row in rows if not row.affected), Decimal(0))
    taxes = [each for row in rows for each in _taxes(row.base_line)]
    vats = [amount for tax, amount in taxes if tax.l10n_cl_sii_code == VAT]
    return ForeignTotals(
        currency=_sii_currency(move),
        rate=_rate(move),
        total=_four(net + exempt + sum(amount for _tax, amount in taxes)),
        net=_four(net) if net else None,
        exempt=_four(exempt) if exempt else None,
        vat=_four(sum(vats)) if net else None,
        taxes=_foreign_taxes(taxes),
    )


def _foreign_taxes(taxes):
    """What each additional tax and retention comes to; one of each code and rate."""
    amounts = defaultdict(Decimal)
    for tax, amount in taxes:
        if tax._l10n_cl_is_additional():
            amounts[tax.l10n_cl_sii_code, tax._l10n_cl_rate()] += amount
    return tuple(
        ForeignTax(code, _four(abs(amount)), rate)
        for (code, rate), amount in amounts.items()
        if amount
    )
