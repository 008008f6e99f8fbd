"""What who pays fees keeps back of them for the State (Ley 21.133), in percent of each year."""

from decimal import Decimal

RETAINED = {
    2020: Decimal("10.75"),
    2021: Decimal("11.5"),
    2022: Decimal("12.25"),
    2023: Decimal(13),
    2024: Decimal("13.75"),
    2025: Decimal("14.5"),
    2026: Decimal("15.25"),
    2027: Decimal(16),
    2028: Decimal(17),
}
"""The last one stays."""


def retained(year: int) -> Decimal:
    """The rate of a year, from 2020 on."""
    return RETAINED[min(year, max(RETAINED))]
