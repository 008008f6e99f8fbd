"""DscRcgGlobal: negative lines, and lines of Odoo's discount wizard (PROTOCOL 5.5)."""

from ...sii import kinds
from ...sii.codes import TpoMov
from ...sii.document import GlobalAdjustment, limits
from ...sii.document.amounts import percent_of
from .given import adjusting_of, common_percent, given_to_rows, named_percents, sold_of


def _named_percent(name, base, amount):
    """The percentage in the name of a discount, when it comes to just this amount."""
    return next((each for each in named_percents(name) if percent_of(base, each) == amount), None)


def given_of(move, rows):
    """The rows with those discounts given to them that the document cannot show apart."""
    if kinds.of(move.l10n_latam_document_type_id.code).exempt:
        return given_to_rows(rows)
    given = {
        affected: iter(given_to_rows([row for row in rows if row.affected is affected]))
        for affected in (True, False)
    }
    return [next(given[row.affected]) for row in rows]


def adjustments_of(rows, kind):
    if kinds.of(kind).exempt:
        return _adjustments_of(rows, exempt=False)
    return _adjustments_of([row for row in rows if row.affected], exempt=False) + _adjustments_of(
        [row for row in rows if not row.affected], exempt=True
    )


def _adjustments_of(rows, exempt):
    """The adjustments of one class of rows.

    Rows taxed differently can only be adjusted by a percentage of them all, so Odoo's wizard,
    which makes a line for each combination of taxes, has made one discount. Where no
    percentage fits, rows were given theirs (``given``).
    """
    base = sum(row.amount for row in sold_of(rows))
    adjusting = adjusting_of(rows)
    if adjusting and len({row.codes for row in rows}) > 1:
        amount = sum(row.amount for row in adjusting)
        name = ", ".join(dict.fromkeys(map(_reason, adjusting)))
        percent = common_percent(rows, name)
        return (_adjustment(name, amount, percent, exempt),)
    return tuple(
        _adjustment(name, row.amount, _named_percent(name, base, abs(row.amount)), exempt)
        for row in adjusting
        for name in [_reason(row)]
    )


def _reason(row):
    return (row.base_line["name"] or "").partition("\n")[0]


def _adjustment(name, amount, percent, exempt):
    return GlobalAdjustment(
        TpoMov.DISCOUNT if amount < 0 else TpoMov.SURCHARGE,
        reason=name[: limits.ADJUSTMENT_REASON],
        percent=percent,
        amount=abs(amount) if percent is None else None,
        exempt=exempt,
    )
