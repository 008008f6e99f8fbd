"""Up to which amount a boleta needs no named buyer: a sum of pesos for each calendar year.

Art. 92 ter of the Código Tributario (Ley 21.713), Res. Ex. SII 44/2025: above 135 UF, at the UF of
31 December of the year before, the buyer is named, whatever the UF of the day is.
"""

from datetime import date
from decimal import Decimal

# Texts for people name it too: "135 UF" in sentences.csv and models/move/document.py.
UF = 135
KNOWN = {2025: Decimal("5186253.15"), 2026: Decimal("5363274.60")}
"""Pesos of the years whose UF is known, with their decimals: what is above them is above."""

FIRST_YEAR = min(KNOWN)


def uf_day(year: int) -> date:
    """The day whose UF makes the limit of a year."""
    return date(year - 1, 12, 31)


def published_by(year: int) -> date:
    """About when that UF is known: on the 9th the Central Bank gives those up to the next 9th."""
    return date(year - 1, 12, 9)


def of_year(year: int, uf: Decimal | None = None) -> Decimal | None:
    """Pesos of a year; uf: of the day on which it is computed. None while that is not known."""
    if year in KNOWN:
        return KNOWN[year]
    return uf * UF if uf else None
