"""Rows of Odoo's tax engine become amounts of a tax document, in pesos, never re-multiplied."""

from dataclasses import dataclass
from decimal import Decimal

from ...sii import kinds
from ...sii.document.amounts import half_up, percent_of
from ...sii.document.amounts import net_of as net_in
from ..taxpayer.account_tax import VAT
from .discounts import given_of


@dataclass(frozen=True, slots=True)
class Row:
    """A row of Odoo's tax engine, read as the document states it.

    amount: pesos, negative when it takes off; with VAT when ``gross``. codes: SII codes of
    its additional taxes and retentions. adjusts: it changes the other rows, it sells nothing.
    given: pesos that rows which adjust took off ``amount`` (negative: added).
    """

    base_line: dict
    amount: int
    affected: bool
    codes: tuple[int, ...]
    adjusts: bool
    gross: bool
    given: int = 0


def pesos(amount):
    """Odoo keeps whole pesos as floats."""
    return half_up(decimal(amount))


def decimal(amount):
    """A float of Odoo as the number that people typed."""
    return Decimal(repr(amount))


def net_of(base_line):
    """What a row adds to the untaxed amount in pesos."""
    details = base_line["tax_details"]
    return pesos(details["total_excluded"] + details["delta_total_excluded"])


def taxes_of(base_line):
    """(tax, pesos) of each tax that the engine computed on a row."""
    taxes_data = base_line["tax_details"]["taxes_data"]
    return [(tax_data["tax"], pesos(tax_data["tax_amount"])) for tax_data in taxes_data]


def has_vat(base_line):
    """Whether a row is affected, as the law calls what carries VAT."""
    return any(tax.l10n_cl_sii_code == VAT for tax, _amount in taxes_of(base_line))


def rows_of(move):
    """The rows of this invoice, in the order of its lines."""
    base_lines, _tax_lines = move._get_rounded_base_and_tax_lines()
    # Odoo's own rows (cash rounding, early payment) are obstacles
    base_lines = [line for line in base_lines if not line["special_type"]]
    gross = is_gross(move)
    amounts = _gross_amounts(base_lines) if gross else map(net_of, base_lines)
    rows = [
        _row_of(base_line, amount, gross)
        for base_line, amount in zip(base_lines, amounts, strict=True)
    ]
    return given_of(move, rows)


def _row_of(base_line, amount, gross):
    taxes = [tax for tax, _amount in taxes_of(base_line)]
    codes = [tax.l10n_cl_sii_code for tax in taxes if tax._l10n_cl_is_additional()]
    discounts = (base_line["computation_key"] or "").startswith("global_discount,")
    # less than half a peso takes off nothing, and sells nothing either
    takes = amount < 0 or base_line["tax_details"]["raw_total_excluded"] < 0
    return Row(
        base_line,
        amount,
        affected=has_vat(base_line),
        codes=tuple(dict.fromkeys(codes)),
        adjusts=takes or discounts,
        gross=gross,
    )


def is_gross(move):
    """Whether the amounts of lines include VAT (PROTOCOL 5.5, MntBruto).

    They do in boletas, and in notes over what is gross. Where all prices include VAT, they do
    when the journal is set so, and when the net amount would not give the VAT to the peso.
    """
    move.ensure_one()
    if kinds.of(move.l10n_latam_document_type_id.code).is_boleta:
        return True
    taxes = move.invoice_line_ids.tax_ids.flatten_taxes_hierarchy().filtered("amount")
    if not taxes or any(tax.l10n_cl_sii_code != VAT for tax in taxes):
        return False
    original = move.reversed_entry_id or move.debit_origin_id
    if original and is_gross(original):
        return True
    if not all(taxes.mapped("price_include")):
        return False
    return bool(move.journal_id.l10n_cl_gross and not original) or bool(_vat_off(move))


def _vat_off(move):
    """Pesos by which the VAT booked is not its rate of the net amount booked."""
    net, vat, rate = _booked_vat(move)
    return vat - percent_of(net, rate)


def is_booked_otherwise(move):
    """Whether net amount and VAT were booked by other sums than the document's: typed, or by
    an older version."""
    net, vat, rate = _booked_vat(move)
    if is_gross(move):
        return net != net_in(net + vat, rate)
    return vat != percent_of(net, rate)


def _booked_vat(move):
    """(pesos of what is sold with VAT, pesos of VAT, percent) as booked; zeros without VAT."""
    vats = move.line_ids.filtered(lambda line: line.tax_line_id.l10n_cl_sii_code == VAT)
    if not vats:
        return 0, 0, Decimal(0)
    sold = move.line_ids.filtered(
        lambda line: (
            line.display_type == "product"
            and VAT in line.tax_ids.flatten_taxes_hierarchy().mapped("l10n_cl_sii_code")
        )
    )
    net = abs(pesos(sum(sold.mapped("balance"))))
    vat = abs(pesos(sum(vats.mapped("balance"))))
    return net, vat, decimal(vats[0].tax_line_id.amount)


def _gross_amounts(base_lines):
    """Each row with its taxes, as priced; a peso that rounding left over goes to the largest
    of those that carry any.

    Together they are what the ledger has, and so are the rows without tax by themselves.
    """
    taxed = [index for index, line in enumerate(base_lines) if taxes_of(line)]
    amounts = [net_of(line) for line in base_lines]
    for index in taxed:
        amounts[index] = pesos(base_lines[index]["tax_details"]["raw_total_included"])
    if taxed:
        lines = [base_lines[index] for index in taxed]
        booked = sum(
            net_of(line) + sum(amount for _tax, amount in taxes_of(line)) for line in lines
        )
        largest = max(taxed, key=lambda index: abs(amounts[index]))
        amounts[largest] += booked - sum(amounts[index] for index in taxed)
    return amounts
