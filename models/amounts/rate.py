"""The rate of an invoice in another currency, and its taxes, which are booked anew by it."""

from odoo import Command
from odoo.tools import float_compare


def due_rate(move):
    """The rate of its day; a note has the one of what it corrects."""
    corrects = corrects_abroad(move)
    return corrects.invoice_currency_rate if corrects else move.expected_currency_rate


def corrects_abroad(move):
    """The invoice in the same currency that a note is over."""
    original = move.reversed_entry_id or move.debit_origin_id
    return original.filtered(lambda each: each.currency_id == move.currency_id)


def rate_is_old(move):
    """Whether the rate of this invoice is another one than is due."""
    return bool(
        float_compare(
            move.invoice_currency_rate / (due_rate(move) or 1.0),
            1.0,
            precision_digits=9,
        )
    )


def book_taxes(move):
    """Book the taxes that the lines come to."""
    engine = move.env["account.tax"]
    lines, tax_lines = move._get_rounded_base_and_tax_lines(round_from_tax_lines=False)
    engine._add_accounting_data_in_base_lines_tax_details(
        lines, move.company_id, include_caba_tags=move.always_tax_exigible
    )
    found = engine._prepare_tax_lines(lines, move.company_id, tax_lines=tax_lines)
    updated = found["base_lines_to_update"] + [
        (tax_line, values) for tax_line, _key, values in found["tax_lines_to_update"]
    ]
    commands = [
        Command.update(line["record"].id, values)
        for line, values in updated
        if line["record"] and _is_other(line["record"], values)
    ]
    commands += [Command.delete(line["record"].id) for line in found["tax_lines_to_delete"]]
    commands += [
        Command.create({**values, "display_type": "tax"}) for values in found["tax_lines_to_add"]
    ]
    if commands:
        move.line_ids = commands


def _is_other(line, values):
    return any(
        line._fields[name].convert_to_write(line[name], line) != value
        for name, value in values.items()
    )
