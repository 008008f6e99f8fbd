"""The SII's arithmetic: half up, per class, and the price kept when it is gross."""

import doctest
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sii.codes import IndExe, TipoDte, TpoMov
from sii.document import GlobalAdjustment, Line, TaxTotal, Totals, amounts
from sii.document.vat import VAT_RATE

PESOS = st.integers(0, 10**12)
SIX_DECIMALS = st.decimals(
    min_value=Decimal("0.000001"), max_value=Decimal("999999999999.999999"), places=6
)
RATES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(100), places=2)


def affected(amount: int, *taxes: int) -> Line:
    return Line("afecto", amount, additional_taxes=taxes)


def exempt(amount: int) -> Line:
    return Line("exento", amount, exempt=IndExe.EXEMPT)


def discount(percent: str | None = None, amount: int | None = None, **more) -> GlobalAdjustment:
    rate = None if percent is None else Decimal(percent)
    return GlobalAdjustment(TpoMov.DISCOUNT, percent=rate, amount=amount, **more)


def test_examples_in_the_docstrings():
    assert doctest.testmod(amounts).failed == 0


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999999", 2), ("-2.5", -3)]
)
def test_halves_go_away_from_zero(value, rounded):
    assert amounts.half_up(Decimal(value)) == rounded


@settings(deadline=None)
@given(SIX_DECIMALS, SIX_DECIMALS)
def test_line_amounts_are_exact_at_any_size(quantity, price):
    exact = Fraction(quantity) * Fraction(price)
    assert amounts.line_amount(quantity, price) == (2 * exact + 1) // 2


@settings(deadline=None)
@given(PESOS, RATES)
def test_percentages_are_exact(base, rate):
    exact = Fraction(base) * Fraction(rate) / 100
    assert amounts.percent_of(base, rate) == (2 * exact + 1) // 2


@settings(deadline=None)
@given(PESOS)
def test_a_gross_price_is_kept(price):
    result = amounts.totals(TipoDte.FACTURA, [affected(price)], gross=True)
    assert result.total == price == result.net + result.vat
    assert abs(result.vat - amounts.percent_of(result.net, VAT_RATE)) <= 1


def test_factura_with_both_classes_and_a_discount_on_one():
    result = amounts.totals(
        TipoDte.FACTURA, [affected(135432), affected(49175), exempt(13534)], [discount("6")]
    )
    assert result == Totals(220036, 173531, 13534, Decimal(19), 32971)


def test_percentages_go_by_the_sum_of_the_class():
    lines = [affected(1000), exempt(500)]
    changes = [
        discount("10"),
        discount("10"),
        discount(amount=50, exempt=True),
        GlobalAdjustment(TpoMov.SURCHARGE, amount=7),
    ]
    result = amounts.totals(TipoDte.FACTURA, lines, changes)
    assert (result.net, result.exempt) == (807, 450)


def test_exempt_documents_count_every_line():
    result = amounts.totals(TipoDte.FACTURA_EXENTA, [exempt(700), affected(300)])
    assert result == Totals(1000, exempt=1000)


def test_notes_without_affected_lines_show_no_vat():
    assert amounts.totals(TipoDte.NOTA_CREDITO, [exempt(700)]) == Totals(700, exempt=700)
    assert amounts.totals(TipoDte.NOTA_CREDITO, [affected(0)]) == Totals(0)


def test_what_is_not_billed_is_in_no_sum():
    unbilled = Line("envase", 900, exempt=IndExe.NOT_BILLABLE)
    assert amounts.totals(TipoDte.FACTURA, [affected(100), unbilled]).total == 119


def test_additional_taxes_follow_their_lines_and_the_discount():
    lines = [affected(1000, 24), affected(500, 27), affected(200)]
    result = amounts.totals(TipoDte.FACTURA, lines, [discount("10")])
    assert result.taxes == (
        TaxTotal(24, 284, Decimal("31.5")),  # 900 x 31.5 % = 283.5
        TaxTotal(27, 45, Decimal(10)),
    )
    assert result.total == 1530 + 291 + 284 + 45


def test_partial_retentions_leave_some_vat_to_the_seller():
    result = amounts.totals(TipoDte.FACTURA_COMPRA, [affected(1000, 30), affected(500, 34)])
    assert result.taxes == (TaxTotal(30, 100, Decimal(10)), TaxTotal(34, 20, Decimal(4)))
    assert (result.total, result.vat, result.vat_not_withheld) == (1500 + 285 - 120, 285, 165)


def test_total_retention_takes_all_vat():
    result = amounts.totals(TipoDte.FACTURA_COMPRA, [affected(1003, 15), exempt(50)])
    assert result.taxes == (TaxTotal(15, 191, Decimal(19)),)
    assert (result.total, result.vat, result.vat_not_withheld) == (1053, 191, None)


def test_a_purchase_invoice_without_retention_states_its_vat():
    result = amounts.totals(TipoDte.FACTURA_COMPRA, [affected(1000, 49)])
    assert (result.taxes, result.vat_not_withheld, result.total) == ((), 190, 1190)


def test_a_note_over_a_purchase_invoice_withholds_in_its_totals():
    result = amounts.totals(TipoDte.NOTA_CREDITO, [affected(1000)], retentions=[15])
    assert (result.taxes, result.total) == ((TaxTotal(15, 190, Decimal(19)),), 1000)


def test_declared_taxes_are_taken_as_they_come():
    result = amounts.totals(TipoDte.FACTURA, [affected(1000, 28)], declared={28: 77})
    assert (result.taxes, result.total) == ((TaxTotal(28, 77),), 1267)
    with pytest.raises(KeyError):
        amounts.totals(TipoDte.FACTURA, [affected(1000, 28)])


def test_taxes_of_zero_are_not_shown():
    assert amounts.totals(TipoDte.FACTURA, [affected(2, 18), affected(9)]).taxes == ()


def test_construction_credit():
    result = amounts.totals(TipoDte.FACTURA, [affected(1000)], construction=Decimal(65))
    assert (result.construction_credit, result.total) == (124, 1066)  # 123.5
    quarter = amounts.totals(TipoDte.FACTURA, [affected(1000)], construction=Decimal("16.25"))
    assert (quarter.construction_credit, quarter.total) == (31, 1159)  # 30.875


def test_deposits_and_what_is_not_billed():
    lines = [
        affected(1000),
        Line("envase", 300, exempt=IndExe.CONTAINER_DEPOSIT),
        Line("cobro ajeno", 200, exempt=IndExe.NOT_BILLABLE),
        Line("abono", 500, exempt=IndExe.NOT_BILLABLE_NEGATIVE),
    ]
    result = amounts.totals(TipoDte.FACTURA, lines, previous_balance=-90)
    assert (result.deposits, result.total, result.not_billable) == (300, 1490, -300)
    assert (result.previous_balance, result.payable) == (-90, 1100)
    assert amounts.totals(TipoDte.FACTURA_EXENTA, [exempt(7), *lines[1:]]).total == 307
