import re
from decimal import Decimal

from odoo import models

from ..sii.amounts import percent_of
from ..sii.codes import EXEMPT_KINDS, TpoMov
from ..sii.document import GlobalAdjustment

_REASON_LENGTH = 45
_PERCENT_IN_NAME = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_HUNDREDTH = Decimal("0.01")


def _named_percent(name, base, amount):
    """The percentage that the name of a discount tells, when it comes to just this amount."""
    for text in _PERCENT_IN_NAME.findall(name):
        percent = Decimal(text.replace(",", ".")).normalize()
        if 0 < percent <= 100 and percent_of(base, percent) == amount:
            return percent
    return None


def _computed_percent(base, amount):
    """A percentage with two decimals that comes to just this amount, or None."""
    percent = (Decimal(amount) * 100 / base).quantize(_HUNDREDTH).normalize() if base else None
    return percent if percent and percent_of(base, percent) == amount else None


class AccountMove(models.Model):
    """DscRcgGlobal: negative lines, and lines of Odoo's discount wizard (PROTOCOL 5.5)."""

    _inherit = "account.move"

    def _l10n_cl_adjustments(self, rows, kind):
        if kind in EXEMPT_KINDS:
            return self._l10n_cl_adjustments_of(rows, exempt=False)
        return self._l10n_cl_adjustments_of(
            [row for row in rows if row.affected], exempt=False
        ) + self._l10n_cl_adjustments_of([row for row in rows if not row.affected], exempt=True)

    def _l10n_cl_adjustments_of(self, rows, exempt):
        """The adjustments of one class of rows.

        Rows taxed differently can only be adjusted by a percentage of them all, so Odoo's wizard,
        which makes a line for each combination of taxes, has made one discount.
        """
        sold = [row for row in rows if not row.adjusts]
        adjusting = [row for row in rows if row.adjusts and row.amount]
        base = sum(row.amount for row in sold)
        if adjusting and len({row.codes for row in sold}) > 1:
            amount = sum(row.amount for row in adjusting)
            name = ", ".join(dict.fromkeys(map(self._l10n_cl_reason, adjusting)))
            return (self._l10n_cl_adjustment(name, base, amount, exempt, must_be_percent=True),)
        return tuple(
            self._l10n_cl_adjustment(self._l10n_cl_reason(row), base, row.amount, exempt)
            for row in adjusting
        )

    def _l10n_cl_reason(self, row):
        return (row.base_line["name"] or "").partition("\n")[0]

    def _l10n_cl_adjustment(self, name, base, amount, exempt, must_be_percent=False):
        percent = _named_percent(name, base, abs(amount))
        if percent is None and must_be_percent:
            percent = _computed_percent(base, abs(amount))
        return GlobalAdjustment(
            TpoMov.DISCOUNT if amount < 0 else TpoMov.SURCHARGE,
            reason=name[:_REASON_LENGTH],
            percent=percent,
            amount=abs(amount) if percent is None else None,
            exempt=exempt,
        )
