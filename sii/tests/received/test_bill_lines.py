"""Bill lines: net amounts that add up to what the document declares."""

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

import documents
import pytest

from sii.codes import IndExe, TpoMov
from sii.document import GlobalAdjustment, TaxTotal
from sii.document.amounts import half_up
from sii.dte import issue as dte
from sii.received import document as received
from sii.received.bill_lines import Digits, bill_lines, other_lines


@pytest.fixture(scope="module")
def read(cafs, signer, moment, authorities):
    """A document as its receiver reads it."""

    def do(kind=33):
        issued = dte.issue(documents.ALL[kind](), 7, cafs[kind], signer, moment)
        [found] = received.read(issued.xml, authorities)
        return found

    return do


def sums(lines):
    return (
        sum(line.amount for line in lines if line.affected),
        sum(line.amount for line in lines if not line.affected),
    )


def declared(document):
    return document.totals.net or 0, document.totals.exempt or 0


@pytest.mark.parametrize("kind", [33, 34, 56, 61])
def test_the_lines_add_up(read, kind):
    document = read(kind)
    assert sums(bill_lines(document, Digits(2, 2, 2))) == declared(document)


@pytest.mark.parametrize("digits", [0, 2, 6])
def test_quantity_by_price_is_the_amount_whatever_the_books_keep(read, digits):
    document = read()
    [first, *_others] = document.lines
    odd = replace(
        first, quantity=Decimal("3.333333"), unit_price=Decimal("0.654321"), discount=None, amount=2
    )
    document = replace(document, lines=(odd,), adjustments=())
    for line in bill_lines(document, Digits(digits, digits, digits)):
        value = line.quantity * line.price * (100 - line.discount) / 100
        assert abs(value - line.amount) <= Decimal("0.5")
    assert sums(bill_lines(document, Digits(digits, digits, digits))) == declared(document)


@pytest.mark.parametrize("quantity", ["120.345", "0.001", "7.8", "1000000.123456"])
def test_decimals_of_a_quantity_that_the_books_do_not_keep(read, quantity):
    document = read()
    price = Decimal("796.31")
    amount = half_up(Decimal(quantity) * price)
    odd = replace(
        document.lines[0],
        quantity=Decimal(quantity),
        unit_price=price,
        discount=None,
        surcharge=None,
        amount=amount,
    )
    document = replace(document, lines=(odd,), adjustments=())
    first = bill_lines(document, Digits(2, 2, 2))[0]
    kept = first.quantity.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    assert kept == first.quantity
    assert half_up(kept * first.price) == first.amount
    assert sums(bill_lines(document, Digits(2, 2, 2))) == declared(document)


def test_prices_with_vat_become_net(read):
    document = read()
    line = replace(document.lines[0], amount=1190, discount=None, surcharge=None)
    totals = replace(document.totals, net=3001, exempt=None, vat=570, total=3571)
    document = replace(
        document, gross=True, lines=(line, line, line), totals=totals, adjustments=()
    )
    lines = bill_lines(document, Digits(2, 2, 2))
    assert sorted(each.amount for each in lines) == [1000, 1000, 1001]


def test_taxes_that_the_books_do_not_know_become_lines(read):
    document = read()
    taxes = (TaxTotal(28, 500), TaxTotal(15, 190), TaxTotal(27, 100, Decimal(10)))
    document = replace(document, totals=replace(document.totals, taxes=taxes), deductions=30)
    lines = other_lines(document, frozenset({27}))
    assert [line.amount for line in lines] == [500, -190, -30]


@pytest.mark.parametrize("gross", [False, True])
def test_each_adjustment_of_the_whole_is_a_line_of_its_own(read, gross):
    document = read()
    rate = Decimal("1.19") if gross else 1
    line = replace(document.lines[0], amount=int(10_000 * rate), discount=None, surcharge=None)
    exempt = replace(line, amount=5_000, exempt=IndExe.EXEMPT)
    adjustments = (
        GlobalAdjustment(TpoMov.DISCOUNT, "Pronto pago", percent=Decimal(10)),
        GlobalAdjustment(TpoMov.DISCOUNT, "Convenio", amount=int(500 * rate)),
        GlobalAdjustment(TpoMov.SURCHARGE, "Flete", amount=int(200 * rate)),
        GlobalAdjustment(TpoMov.DISCOUNT, "Exento", amount=300, exempt=True),
    )
    totals = replace(document.totals, net=8_700, exempt=4_700, vat=1_653, total=15_053)
    document = replace(
        document, lines=(line, exempt), adjustments=adjustments, totals=totals, gross=gross
    )
    lines = bill_lines(document, Digits(2, 2, 2))
    assert sums(lines) == (8_700, 4_700)
    named = {each.name: (each.amount, each.affected) for each in lines[2:]}
    assert named == {
        "Pronto pago": (-1_000, True),
        "Convenio": (-500, True),
        "Flete": (200, True),
        "Exento": (-300, False),
    }


def test_adjustments_that_cancel_each_other_are_shown(read):
    document = read()
    line = replace(document.lines[0], amount=10_000, discount=None, surcharge=None)
    adjustments = (
        GlobalAdjustment(TpoMov.DISCOUNT, amount=100),
        GlobalAdjustment(TpoMov.SURCHARGE, "Despacho", amount=100),
    )
    totals = replace(document.totals, net=10_000, exempt=None, vat=1_900, total=11_900)
    document = replace(document, lines=(line,), adjustments=adjustments, totals=totals)
    lines = bill_lines(document, Digits(2, 2, 2))
    assert [(each.name, each.amount) for each in lines[1:]] == [
        ("Descuento global", -100),
        ("Despacho", 100),
    ]


def test_adjustments_that_do_not_explain_the_total(read):
    document = read()
    line = replace(document.lines[0], amount=10_000, discount=None, surcharge=None)
    adjustments = (
        GlobalAdjustment(TpoMov.DISCOUNT, "Uno", amount=100),
        GlobalAdjustment(TpoMov.DISCOUNT, "Dos", amount=200),
        GlobalAdjustment(TpoMov.DISCOUNT, "Exento", amount=200, exempt=True),
    )
    totals = replace(document.totals, net=9_000, exempt=None, vat=1_710, total=10_710)
    document = replace(document, lines=(line,), adjustments=adjustments, totals=totals)
    affected = [each for each in bill_lines(document, Digits(2, 2, 2)) if each.affected]
    assert [(each.name, each.amount) for each in affected[1:]] == [("Uno, Dos", -1_000)]
