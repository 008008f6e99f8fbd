"""Bill lines: net amounts that add up to what the document declares."""

from dataclasses import replace
from decimal import Decimal

import documents
import pytest

from sii import dte, received
from sii.bill_lines import bill_lines, other_lines
from sii.document import TaxTotal


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
    assert sums(bill_lines(document, 2, 2)) == declared(document)


@pytest.mark.parametrize("digits", [0, 2, 6])
def test_quantity_by_price_is_the_amount_whatever_the_books_keep(read, digits):
    document = read()
    [first, *_others] = document.lines
    odd = replace(
        first, quantity=Decimal("3.333333"), unit_price=Decimal("0.654321"), discount=None, amount=2
    )
    document = replace(document, lines=(odd,), adjustments=())
    for line in bill_lines(document, digits, digits):
        value = line.quantity * line.price * (100 - line.discount) / 100
        assert abs(value - line.amount) <= Decimal("0.5")
    assert sums(bill_lines(document, digits, digits)) == declared(document)


def test_prices_with_vat_become_net(read):
    document = read()
    line = replace(document.lines[0], amount=1190, discount=None, surcharge=None)
    totals = replace(document.totals, net=3001, exempt=None, vat=570, total=3571)
    document = replace(
        document, gross=True, lines=(line, line, line), totals=totals, adjustments=()
    )
    lines = bill_lines(document, 2, 2)
    assert sorted(each.amount for each in lines) == [1000, 1000, 1001]


def test_taxes_that_the_books_do_not_know_become_lines(read):
    document = read()
    taxes = (TaxTotal(28, 500), TaxTotal(15, 190), TaxTotal(27, 100, Decimal(10)))
    document = replace(document, totals=replace(document.totals, taxes=taxes), deductions=30)
    lines = other_lines(document, frozenset({27}))
    assert [line.amount for line in lines] == [500, -190, -30]
