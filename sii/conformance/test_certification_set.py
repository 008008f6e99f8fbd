"""The SII's certification set 414175: its lines come out with the totals that were accepted."""

import json
from decimal import Decimal

import pytest

from sii import amounts
from sii.codes import IndExe, TipoDte, TpoMov
from sii.document import GlobalAdjustment, Line

CASES = [f"414175-{number}" for number in range(1, 9)]


@pytest.fixture(scope="module")
def cases(reference):
    return json.loads((reference / "samples/sets/expected-414175.json").read_text())["cases"]


def line_of(said: dict) -> Line:
    quantity, price = Decimal(said["quantity"]), Decimal(said["price"])
    before = amounts.line_amount(quantity, price)
    discount = amounts.percent_of(before, Decimal(said.get("discount_pct", 0)))
    amount = amounts.line_amount(quantity, price, discount)
    assert amount == said["amount"]
    return Line(said["name"], amount, exempt=IndExe.EXEMPT if said.get("exempt") else None)


@pytest.mark.parametrize("name", CASES)
def test_totals(cases, name):
    case = cases[name]
    percent = case.get("global_discount_pct")
    discount = GlobalAdjustment(TpoMov.DISCOUNT, percent=Decimal(percent)) if percent else None
    lines = [line_of(said) for said in case["lines"]]
    result = amounts.totals(TipoDte(case["type"]), lines, [discount] if discount else [])
    assert {
        "MntNeto": result.net or 0,
        "MntExe": result.exempt or 0,
        "IVA": result.vat or 0,
        "MntTotal": result.total,
    } == case["expected"]


def test_no_case_is_forgotten(cases):
    assert list(cases) == CASES
