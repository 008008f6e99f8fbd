"""Additional taxes and retentions of VAT by SII code: rate, sign and base (PROTOCOL 5.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Base(Enum):
    """What the amount of a tax is computed on."""

    LINES = "percent of the lines that carry its code"
    VAT = "all VAT of the lines that carry its code: a total retention"
    DECLARED = "margins, quantities or bases that the lines do not show: the seller states them"


@dataclass(frozen=True, slots=True)
class AdditionalTax:
    """One code of ImptoReten. rate: percent, None unless it goes by the lines.

    retention: taken off the total; the others add to it.
    """

    code: int
    rate: Decimal | None
    base: Base
    retention: bool

    def rate_at(self, vat_rate: Decimal) -> Decimal | None:
        """TasaImp: its own percentage, that of VAT for a total retention, or None."""
        return vat_rate if self.base is Base.VAT else self.rate


def _by_lines(rates: dict[int, str], retention: bool = False) -> Iterable[AdditionalTax]:
    for code, rate in rates.items():
        yield AdditionalTax(code, Decimal(rate), Base.LINES, retention)


def _others(base: Base, codes: Iterable[int], retention: bool) -> Iterable[AdditionalTax]:
    return (AdditionalTax(code, None, base, retention) for code in codes)


SLAUGHTER = 17
"""VAT in advance on meat at the slaughterhouse: its percentage of a base of its own (MntBase)."""

_ADDED = {
    18: "5",  # meat
    19: "12",  # flour
    23: "15",  # gold, jewels, furs
    24: "31.5",  # spirits
    25: "20.5",  # wines
    26: "20.5",  # beers
    27: "10",  # soft drinks
    44: "15",  # carpets, caravans, caviar, air weapons
    45: "50",  # fireworks
    53: "0.5",  # news vendors
    271: "18",  # soft drinks with much sugar
}
_PARTIAL = {30: "10", 32: "8", 33: "8", 34: "4", 36: "10", 37: "10", 48: "14", 49: "0"}
_TOTAL = (15, 31, 38, 39, 41, 46, 47, 301, 321, 331, 341, 361, 371, 481)
_DECLARED_ADDED = (14, 28, 35, 50, 51, 52, 54, 55)
_DECLARED_RETAINED = (16, 40)

TAXES = {
    tax.code: tax
    for taxes in (
        _by_lines(_ADDED),
        _by_lines(_PARTIAL, retention=True),
        _others(Base.VAT, _TOTAL, retention=True),
        _others(Base.DECLARED, _DECLARED_ADDED, retention=False),
        (AdditionalTax(SLAUGHTER, Decimal(5), Base.DECLARED, retention=False),),
        _others(Base.DECLARED, _DECLARED_RETAINED, retention=True),
    )
    for tax in taxes
}
"""Every code that the schema knows."""

RETENTIONS = frozenset(code for code, tax in TAXES.items() if tax.retention)
"""Codes that are taken off the total; the others add to it."""

VAT_RETAINED = 15
"""Total retention of a purchase invoice, whose lines are all marked as withheld."""

GOLD = 46
"""The one retention that a sale's invoice may carry: the buyer of gold withholds."""
