"""Genuine documents become bills that come to the same amount."""

import pytest

from sii.received import file as received_file
from sii.received.bill_lines import Digits, bill_lines, other_lines

BILLED = [
    "dte/33-76354771-K-170-as-received.xml",
    "dte/33-60910000-1-2336600.xml",
    "dte/33-76269769-6-101.xml",
    "dte/33-76269769-6-4660-fuel-tax.xml",
    "dte/34-60910000-1-1055345.xml",
    "dte/61-60910000-1-83894.xml",
    "dte/61-76269769-6-279-amounts.xml",
    "envelopes/EnvioDTE-33.xml",
    "envelopes/EnvioDTE-F60T33-official.xml",
]


@pytest.mark.parametrize("name", BILLED)
def test_the_bill_comes_to_the_total(reference, name):
    [filed] = received_file.read((reference / "samples" / name).read_bytes(), name)
    document = filed.document
    lines = bill_lines(document, Digits(2, 2, 2))
    for line in lines:
        value = line.quantity * line.price * (100 - line.discount) / 100
        assert abs(value - line.amount) <= 1
    shown = sum(line.amount for line in [*lines, *other_lines(document, frozenset())])
    assert shown + (document.totals.vat or 0) == document.totals.total
