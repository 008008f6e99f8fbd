"""What an invoice may hold in Odoo, and no tax document can state."""

from collections import defaultdict
from datetime import timedelta

from odoo.tools import float_compare
from odoo.tools.misc import format_date

from ...sii import clock
from ...sii.document.taxes import RETENTIONS
from ..base.obstacle import Obstacle
from .foreign import is_foreign
from .rate import corrects_abroad

# A dollar of Friday is Monday's before the bank publishes; the UF has a value for each day.
_RATE_LIVES = timedelta(days=7)


def unstated_amounts(move):
    """By what the document's amounts are not the invoice's: an Obstacle each."""
    return _tax_obstacles(move) + _line_obstacles(move) + _total_obstacles(move)


def _tax_obstacles(move):
    obstacles = []
    rates = defaultdict(set)
    for tax in move.invoice_line_ids.tax_ids.flatten_taxes_hierarchy().filtered("amount"):
        text = tax_obstacle(move, tax)
        if text:
            obstacles.append(Obstacle(text, tax))
        elif tax._l10n_cl_is_additional():
            rates[tax.l10n_cl_sii_code].add(tax._l10n_cl_rate())
            if len(rates[tax.l10n_cl_sii_code]) == 2:
                obstacles.append(Obstacle(_two_rates_text(move, tax), tax))
    return obstacles


def tax_obstacle(move, tax):
    code = tax.l10n_cl_sii_code
    if tax.l10n_cl_is_construction_credit:
        return tax.amount > 0 and move.env._(
            "The tax %s is a credit: its amount must be negative.", tax.name
        )
    if not code:
        return move.env._(
            "The tax %s has no SII code: give it one under Invoicing > Configuration > Taxes.",
            tax.name,
        )
    if code in RETENTIONS and tax.amount > 0:
        return move.env._(
            "The tax %(tax)s (SII code %(code)s) is a retention: its amount must be negative.",
            tax=tax.name,
            code=code,
        )
    if code not in RETENTIONS and tax.amount < 0:
        return move.env._(
            "The tax %(tax)s (SII code %(code)s) adds to the total: its amount must be positive.",
            tax=tax.name,
            code=code,
        )
    return ""


def _two_rates_text(move, tax):
    return move.env._(
        "There are two rates of the tax with SII code %(code)s (%(tax)s): a document has one. "
        "Correct the code of the tax, or split the invoice.",
        code=tax.l10n_cl_sii_code,
        tax=tax.name,
    )


def _line_obstacles(move):
    return [
        Obstacle(
            move.env._(
                "Line “%(line)s”: a discount of %(discount)s%% is more than its price.",
                line=(line.name or "").partition("\n")[0],
                discount=f"{line.discount:g}",
            ),
            move,
        )
        for line in move.invoice_line_ids
        if float_compare(line.discount, 100, precision_digits=6) > 0
    ]


def _total_obstacles(move):
    texts = []
    if move.line_ids.filtered(lambda line: line.display_type == "rounding"):
        texts.append(
            move.env._(
                "The law rounds what is paid in cash, not the document (Ley 20.956): empty "
                "“Cash Rounding Method” on this invoice."
            )
        )
    if move.line_ids.filtered(lambda line: line.display_type == "epd"):
        texts.append(
            move.env._(
                "A discount for early payment is no part of a tax document until it is given: "
                "choose payment terms whose discount leaves the VAT as it is, and issue a "
                "credit note when it is taken."
            )
        )
    return [Obstacle(text, move) for text in texts]


def rate_texts(move):
    """No rate is a rate of one to Odoo, and an old rate is a wrong amount."""
    agreed = move.l10n_cl_rate_typed or corrects_abroad(move)
    if agreed or not is_foreign(move):
        return []
    day = move.invoice_date or clock.today()
    known = (
        move.env["res.currency.rate"]
        .sudo()
        .search(
            [
                ("currency_id", "=", move.currency_id.id),
                ("company_id", "in", [False, move.company_id.root_id.id]),
                ("name", "<=", day),
            ],
            order="name desc",
            limit=1,
        )
    )
    is_uf = move.currency_id in move.env["res.currency"]._l10n_cl_ufs()
    oldest = day if is_uf else day - _RATE_LIVES
    if known and known.name >= oldest:
        return []
    if not known:
        return [
            move.env._(
                "There is no exchange rate of %s for the date of this invoice: enter it under "
                "Invoicing > Configuration > Currencies.",
                move.currency_id.name,
            )
        ]
    return [
        move.env._(
            "The last exchange rate of %(currency)s is of %(date)s: enter the one of "
            "%(day)s under Invoicing > Configuration > Currencies, or type the agreed rate "
            "into the invoice.",
            currency=move.currency_id.name,
            date=format_date(move.env, known.name),
            day=format_date(move.env, day),
        )
    ]
