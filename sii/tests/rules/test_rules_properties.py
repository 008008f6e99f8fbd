"""What ``amounts.totals`` makes is legal, and nothing that differs from it by a single total."""

from dataclasses import fields, replace
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from random_documents import legal_documents

from sii import rules
from sii.codes import TipoDte
from sii.document import Document, Totals, payload
from sii.dte import issue as dte
from sii.printing import sheet
from sii.received import document as received

AMOUNTS = [each.name for each in fields(Totals) if each.name not in ("taxes", "vat_rate")]
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]

checked = settings(deadline=None, suppress_health_check=SLOW)


@checked
@given(legal_documents())
def test_what_totals_makes_is_legal(document):
    assert rules.check(document) == []
    assert payload.load(payload.dump(document)) == document


@settings(checked, max_examples=40)
@given(legal_documents())
def test_what_is_legal_is_valid_and_read_back(cafs, signer, moment, authorities, document):
    """Rules, stamp and schema accept it; a receiver reads the same and finds the sums right."""
    signed = dte.issue(document, 1, cafs[document.kind], signer, moment)
    (back,) = received.read(signed.xml, authorities)
    assert (back.totals, sheet.read(signed.xml).lines) == (document.totals, document.lines)
    assert back.adjustments == document.adjustments
    assert back.is_genuine


@checked
@given(legal_documents(), st.sampled_from(AMOUNTS), st.integers(-100, 100).filter(bool))
def test_no_total_can_be_changed_alone(document, name, change):
    totals = document.totals
    before = getattr(totals, name)
    if before is None and name == "payable":  # without a balance it may be stated, if it is right
        before = totals.total + (totals.not_billable or 0)
    refused(document, **{name: (before or 0) + change})


@checked
@given(legal_documents(), st.data(), st.integers(-100, 100).filter(bool))
def test_no_tax_can_be_changed_alone(document, data, change):
    taxes = list(document.totals.taxes)
    assume(taxes)
    place = data.draw(st.integers(0, len(taxes) - 1))
    tax = taxes[place]
    wrong = [replace(tax, amount=tax.amount + change), replace(tax, rate=Decimal("3.33"))]
    for other in [[each] for each in wrong] + [[], [tax, tax]]:
        refused(document, taxes=tuple(taxes[:place] + other + taxes[place + 1 :]))


@checked
@given(legal_documents(), st.decimals(Decimal("0.01"), Decimal(100), places=2))
def test_vat_has_one_rate(document, rate):
    assume(rate != 19 and document.kind is not TipoDte.FACTURA_EXENTA)
    refused(document, vat_rate=rate)


def refused(document: Document, **changes) -> None:
    assert rules.check(replace(document, totals=replace(document.totals, **changes)))
