"""What makes a document illegal: its lines, global adjustments and totals."""

from dataclasses import replace
from decimal import Decimal

import documents
import pytest
from judged import found, plain, with_lines

from sii.codes import IndExe, TpoMov
from sii.document import (
    Adjustment,
    GlobalAdjustment,
    ItemCode,
    Line,
    TaxTotal,
    Totals,
)

DISCOUNT = TpoMov.DISCOUNT


@pytest.mark.parametrize(
    ("line", "code", "where"),
    [
        (plain(-1), "amount_out_of_range", "amount"),
        (Line("x" * 81, 1000), "text_too_long", "name"),
        (plain(description="x" * 1001), "text_too_long", "description"),
        (plain(unit="Cajas"), "text_too_long", "unit"),
        (plain(quantity=Decimal(0)), "number_out_of_range", "quantity"),
        (plain(quantity=Decimal(-1)), "number_out_of_range", "quantity"),
        (plain(quantity=Decimal("NaN")), "number_out_of_range", "quantity"),
        (plain(quantity=Decimal("1E+12")), "number_out_of_range", "quantity"),
        (plain(unit_price=Decimal(0)), "number_out_of_range", "unit_price"),
        (plain(quantity=Decimal("0.0000001")), "number_too_precise", "quantity"),
        (plain(codes=(ItemCode("", "A"),)), "item_code_missing", "codes[0].kind"),
        (plain(codes=(ItemCode("INT1", "x" * 36),)), "text_too_long", "codes[0].value"),
        (plain(codes=(ItemCode("A", "B"),) * 6), "too_many", "codes"),
        (plain(exempt=IndExe.NOT_SOLD), "line_mark_with_amount", "amount"),
        (plain(discount=Adjustment(0)), "amount_out_of_range", "discount.amount"),
        (plain(surcharge=Adjustment(5, Decimal(0))), "percent_invalid", "surcharge.percent"),
        (plain(discount=Adjustment(5, Decimal("1.005"))), "percent_invalid", "discount.percent"),
        (
            plain(905, unit_price=Decimal(1000), discount=Adjustment(95, Decimal(10))),
            "percent_amount_wrong",
            "discount.amount",
        ),
        (plain(unit_price=Decimal(333), quantity=Decimal(3)), "line_amount_wrong", "amount"),
        (plain(discount=Adjustment(5, Decimal(101))), "percent_above_limit", "discount.percent"),
        (plain(surcharge=Adjustment(5, Decimal(1000))), "percent_above_limit", "surcharge.percent"),
        (
            plain(0, unit_price=Decimal(1000), discount=Adjustment(1001)),
            "discount_above_line",
            "discount",
        ),
    ],
)
def test_lines(line, code, where):
    others = (plain(5000),)
    assert (code, f"lines[1].{where}") in found(with_lines(*others, line))
    assert found(with_lines(*others)) == []


def test_discounts_and_surcharges_of_a_line():
    line = plain(
        2501,
        quantity=Decimal("2.5"),
        unit_price=Decimal("1000.2"),
        discount=Adjustment(250, Decimal(10)),
        surcharge=Adjustment(250),
    )
    assert found(with_lines(line)) == []


@pytest.mark.parametrize(("count", "code"), [(0, "lines_missing"), (61, "too_many")])
def test_one_to_sixty_lines(count, code):
    assert (code, "lines") in found(with_lines(*[plain()] * count))
    assert found(with_lines(*[plain()] * 60)) == []


@pytest.mark.parametrize(
    ("adjustment", "code", "where"),
    [
        (GlobalAdjustment(DISCOUNT), "adjustment_ambiguous", ""),
        (GlobalAdjustment(DISCOUNT, "", Decimal(5), 5), "adjustment_ambiguous", ""),
        (GlobalAdjustment(DISCOUNT, "x" * 46, amount=1), "text_too_long", ".reason"),
        (GlobalAdjustment(DISCOUNT, percent=Decimal(101)), "percent_above_limit", ".percent"),
        (GlobalAdjustment(DISCOUNT, amount=0), "amount_out_of_range", ".amount"),
        (GlobalAdjustment(DISCOUNT, amount=5, exempt=True), "adjustment_without_lines", ""),
        (GlobalAdjustment(DISCOUNT, amount=5), "adjustment_must_be_percent", ".amount"),
    ],
)
def test_global_adjustments(adjustment, code, where):
    lines = (plain(), plain(additional_taxes=(27,)))
    document = replace(with_lines(*lines), adjustments=(adjustment,))
    assert (code, f"adjustments[0]{where}") in found(document)


def test_legal_global_adjustments():
    changes = (
        GlobalAdjustment(DISCOUNT, "Feria", percent=Decimal("2.5")),
        GlobalAdjustment(TpoMov.SURCHARGE, "Flete", amount=300),
        GlobalAdjustment(DISCOUNT, amount=10, exempt=True),
    )
    lines = (plain(), plain(500, exempt=IndExe.EXEMPT))
    assert found(with_lines(*lines, adjustments=changes)) == []
    assert ("too_many", "adjustments") in found(with_lines(*lines, adjustments=changes * 7))


def test_a_surcharge_may_be_more_than_the_line():
    line = plain(3500, unit_price=Decimal(1000), surcharge=Adjustment(2500, Decimal(250)))
    assert found(with_lines(line)) == []


def test_what_is_not_sold_has_neither_amount_nor_price():
    sample = Line("Muestra", 0, quantity=Decimal(3), exempt=IndExe.NOT_SOLD)
    assert found(with_lines(plain(), sample)) == []
    priced = replace(sample, unit_price=Decimal(990))
    assert found(with_lines(plain(), priced)) == [("line_amount_wrong", "lines[1].amount")]


@pytest.mark.parametrize("exempt", [False, True])
def test_discounts_leave_nothing_below_zero(exempt):
    """Two of 60 percent are 120 percent."""
    lines = (plain(), plain(500, exempt=IndExe.EXEMPT))
    twice = (GlobalAdjustment(DISCOUNT, percent=Decimal(60), exempt=exempt),) * 2
    document = replace(with_lines(*lines), adjustments=twice)
    assert found(document) == [("discount_above_lines", "adjustments")]


def test_what_is_not_billed_takes_no_discount():
    unbilled = plain(500, exempt=IndExe.NOT_BILLABLE)
    change = GlobalAdjustment(DISCOUNT, amount=5, exempt=True)
    document = replace(with_lines(plain(), unbilled), adjustments=(change,))
    assert ("adjustment_without_lines", "adjustments[0]") in found(document)


def test_a_negative_total_is_reported_alone():
    document = with_lines(plain())
    totals = Totals(-1190, net=-1000, vat_rate=Decimal(19), vat=-190)
    problems = found(replace(document, totals=totals))
    assert ("total_negative", "totals.total") in problems
    assert not [code for code, _where in problems if code == "amount_out_of_range"]


def test_deposits_and_what_is_not_billed():
    lines = (
        plain(),
        plain(300, exempt=IndExe.CONTAINER_DEPOSIT),
        plain(200, exempt=IndExe.NOT_BILLABLE),
        plain(700, exempt=IndExe.NOT_BILLABLE_NEGATIVE),
    )
    document = with_lines(*lines)
    assert (document.totals.total, document.totals.not_billable) == (1490, -500)
    assert found(document) == []
    silent = replace(document.totals, deposits=None, not_billable=None)
    assert found(replace(document, totals=silent)) == [
        ("deposits_wrong", "totals.deposits"),
        ("total_wrong", "totals.total"),
        ("not_billable_wrong", "totals.not_billable"),
    ]


@pytest.mark.parametrize(
    ("balance", "payable", "problems"),
    [
        (None, 34750, []),
        (250, 35000, []),
        (-40000, -5250, []),
        (250, None, [("payable_missing", "totals.payable")]),
        (250, 34750, [("payable_wrong", "totals.payable")]),
        (10**18, 34750, [("amount_out_of_range", "totals.previous_balance")]),
    ],
)
def test_previous_balances(balance, payable, problems):
    document = documents.factura()
    totals = replace(document.totals, previous_balance=balance, payable=payable)
    assert found(replace(document, totals=totals)) == problems


def test_a_33_needs_an_affected_line():
    exempt = plain(exempt=IndExe.EXEMPT)
    problems = found(with_lines(exempt, totals=Totals(1000, exempt=1000)))
    assert problems == [
        ("affected_line_missing", "lines"),
        ("net_not_positive", "totals.net"),
        ("vat_missing", "totals.vat_rate"),
        ("vat_missing", "totals.vat"),
    ]


def test_a_34_has_exempt_amounts_and_nothing_else():
    document = documents.exenta()
    totals = Totals(107100, net=90000, vat_rate=Decimal(19), vat=17100)
    assert set(found(replace(document, totals=totals))) == {
        ("exempt_not_positive", "totals.exempt"),
        ("vat_unexpected", "totals.net"),
        ("vat_unexpected", "totals.vat_rate"),
        ("vat_unexpected", "totals.vat"),
        ("net_wrong", "totals.net"),
        ("exempt_wrong", "totals.exempt"),
    }


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"net": 25001}, "net_wrong", "net"),
        ({"exempt": 4999}, "exempt_wrong", "exempt"),
        ({"vat": 4748}, "vat_wrong", "vat"),
        ({"total": 34751}, "total_wrong", "total"),
        ({"vat": None}, "vat_missing", "vat"),
        ({"vat_rate": None}, "vat_missing", "vat_rate"),
        ({"vat_rate": Decimal("-100")}, "percent_invalid", "vat_rate"),
        ({"vat_rate": Decimal(18)}, "vat_rate_wrong", "vat_rate"),
        ({"vat_rate": Decimal(119)}, "percent_above_limit", "vat_rate"),
        ({"vat_not_withheld": 0}, "amount_out_of_range", "vat_not_withheld"),
        ({"total": 10**18}, "amount_out_of_range", "total"),
        ({"net": -1}, "amount_out_of_range", "net"),
        ({"taxes": (TaxTotal(99, 0),)}, "tax_unknown", "taxes[0].code"),
        ({"taxes": (TaxTotal(24, 0), TaxTotal(24, 0))}, "tax_twice", "taxes[1].code"),
    ],
)
def test_totals(change, code, where):
    document = documents.factura()
    totals = replace(document.totals, **change)
    assert (code, f"totals.{where}") in found(replace(document, totals=totals))


def test_gross_amounts():
    document = with_lines(plain(1003), gross=True)
    assert (document.totals.net, document.totals.vat) == (843, 160)
    assert found(document) == []
    taxed = plain(1003, additional_taxes=(27,))
    assert ("gross_with_taxes", "gross") in found(with_lines(taxed, gross=True))
