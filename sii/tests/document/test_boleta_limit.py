"""The limit of a year: known, computed from the UF of its eve, or not known."""

from datetime import date
from decimal import Decimal

import pytest

from sii.document import boleta_limit

UFS = {2025: Decimal("38416.69"), 2026: Decimal("39727.96")}


@pytest.mark.parametrize("year", UFS)
def test_known_years_are_135_uf(year):
    assert boleta_limit.of_year(year) == boleta_limit.UF * UFS[year]


def test_a_known_year_is_not_computed_again():
    assert boleta_limit.of_year(2026, Decimal(1)) == boleta_limit.KNOWN[2026]


def test_a_later_year_is_computed_from_its_eve():
    assert boleta_limit.uf_day(2027) == date(2026, 12, 31)
    assert boleta_limit.published_by(2027) == date(2026, 12, 9)
    assert boleta_limit.of_year(2027, Decimal("41234.57")) == Decimal("5566666.95")
    assert boleta_limit.of_year(2027) is None
