"""Each rule of boletas, broken once; and random ones that keep them all."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import boletas
import documents
import keys
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from judged import found

from sii import rules
from sii.codes import CodRef, IndExe, IndServicio, MedioPago, TipoDte, TpoMov
from sii.document import Adjustment, GlobalAdjustment, Line, Reference, TaxTotal, amounts
from sii.dte import issue as dte
from sii.dte.caf import Caf

YEAR = Decimal("5363274.60")
LIMIT = 5363274
"""The last whole peso of 2026."""


@pytest.mark.parametrize("make", boletas.ALL.values())
def test_legal(make):
    assert rules.check(make(), limit=YEAR) == []


def test_what_a_boleta_needs_not():
    """No name, no address, no giro of the buyer: an invoice would need them all."""
    nobody = replace(boletas.ANONYMOUS, name="")
    assert found(replace(boletas.boleta(), receiver=nobody)) == []


LINE = Line("Pan", 1000)
BROKEN = {
    "service_missing": ({"service": None}, "service"),
    "rut_invalid": ({"software_rut": "76269769-5"}, "software_rut"),
    "event_ticket_unsupported": ({"service": IndServicio.EVENT_TICKET}, "service"),
    "boleta_not_gross": ({"gross": False}, "gross"),
    "late_unexpected": ({"late": True}, "late"),
    "due_before_issue": ({"due_on": date(2026, 3, 8)}, "due_on"),
    "period_reversed": (
        {"period_from": date(2026, 3, 2), "period_to": date(2026, 3, 1)},
        "period_to",
    ),
    "reference_code_unexpected": (
        {"references": (Reference("39", "1", code=CodRef.ANNULS),)},
        "references[0].code",
    ),
    "too_many": ({"references": (Reference(label="SET"),) * 41}, "references"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_broken(code):
    changes, where = BROKEN[code]
    problems = found(replace(boletas.boleta(), **changes))
    assert (code, where) in problems


@pytest.mark.parametrize("limits", [("label", 18), ("reason", 90), ("folio", 18)])
def test_texts_of_references(limits):
    name, limit = limits
    for length, problems in (
        (limit, []),
        (limit + 1, [("text_too_long", f"references[0].{name}")]),
    ):
        reference = Reference(**{name: "x" * length})
        assert found(replace(boletas.boleta(), references=(reference,))) == problems


def test_a_39_sells_something_with_vat():
    exempt = replace(LINE, exempt=IndExe.EXEMPT)
    assert ("boleta_not_affected", "lines") in found(boletas.of_lines(exempt))
    assert ("net_not_positive", "totals.net") in found(boletas.of_lines(Line("Pan", 0)))


def test_a_41_carries_no_vat():
    totals = replace(boletas.exenta().totals, net=1, vat=0, vat_rate=documents.VAT_RATE)
    problems = found(replace(boletas.exenta(), totals=totals))
    assert {("vat_unexpected", f"totals.{name}") for name in ("net", "vat", "vat_rate")} <= set(
        problems
    )


def test_vat_is_what_the_price_leaves():
    document = boletas.of_lines(Line("Pan", 1010))
    assert (document.totals.net, document.totals.vat) == (849, 161)
    assert found(document) == []
    wrong = replace(document.totals, vat=162, total=1011)
    assert ("vat_wrong", "totals.vat") in found(replace(document, totals=wrong))


def test_no_additional_taxes():
    line = replace(LINE, additional_taxes=(24,))
    assert ("boleta_line_taxed", "lines[0].additional_taxes") in found(boletas.of_lines(line))
    document = boletas.of_lines(LINE)
    totals = replace(document.totals, taxes=(TaxTotal(24, 100),))
    problems = found(replace(document, totals=totals))
    assert ("tax_not_for_kind", "totals.taxes[0].code") in problems


@pytest.mark.parametrize("mark", IndExe)
def test_marks(mark):
    problems = found(boletas.of_lines(LINE, replace(LINE, exempt=mark, amount=0)))
    knows = mark in (IndExe.EXEMPT, IndExe.NOT_BILLABLE, IndExe.NOT_BILLABLE_NEGATIVE)
    assert problems == ([] if knows else [("boleta_mark_unexpected", "lines[1].exempt")])


def test_what_is_not_billed():
    lines = (
        LINE,
        Line("Propina", 500, exempt=IndExe.NOT_BILLABLE),
        Line("Abono", 800, exempt=IndExe.NOT_BILLABLE_NEGATIVE),
    )
    document = boletas.of_lines(*lines)
    assert (document.totals.total, document.totals.not_billable) == (1000, -300)
    assert found(document) == []


def test_a_thousand_lines():
    assert found(boletas.of_lines(*[LINE] * 1000)) == []
    assert found(boletas.of_lines(*[LINE] * 1001)) == [("too_many", "lines")]


@pytest.mark.parametrize(
    ("service", "more"),
    [
        (IndServicio.PERIODIC_OTHER, []),
        (IndServicio.PERIODIC_DOMICILIARY, [("due_on_missing", "due_on")]),
    ],
)
def test_periodic_services(service, more):
    document = replace(boletas.boleta(), service=service)
    assert found(document) == [
        ("receiver_anonymous", "receiver.rut"),
        ("receiver_address_missing", "receiver.address"),
        ("receiver_comuna_missing", "receiver.comuna"),
        ("period_from_missing", "period_from"),
        ("period_to_missing", "period_to"),
        *more,
    ]
    month = {"period_from": date(2026, 2, 1), "period_to": date(2026, 2, 28)}
    whole = replace(document, receiver=boletas.CUSTOMER, due_on=date(2026, 3, 20), **month)
    assert found(whole) == []


def _of(total: int, **changes):
    return boletas.of_lines(Line("Auto", total), **changes)


def _codes(document, limit=YEAR):
    return [problem.code for problem in rules.check(document, limit)]


def test_large_boletas_name_their_buyer():
    cash = {"means": MedioPago.CASH}
    assert _codes(_of(LIMIT, **cash)) == []
    assert _codes(_of(LIMIT + 1, means=MedioPago.CARD)) == ["receiver_anonymous_above_limit"]
    assert _codes(_of(LIMIT + 1, **cash)) == ["receiver_anonymous_above_limit"]
    somebody = replace(boletas.CUSTOMER, name="", email="", phone="")
    assert _codes(_of(LIMIT + 1, receiver=somebody, means=None)) == [
        "receiver_name_missing",
        "means_missing",
    ]
    named = replace(boletas.CUSTOMER, email="", phone="")
    for receiver in (boletas.CUSTOMER, named):
        for means in MedioPago:
            assert _codes(_of(LIMIT + 1, receiver=receiver, means=means)) == []


def test_without_a_limit_no_boleta_is_large():
    assert _codes(_of(LIMIT + 1), limit=None) == []


@pytest.mark.parametrize(("limit", "refused"), [("1000", False), ("999.99", True)])
def test_the_limit_is_strict_and_has_decimals(limit, refused):
    assert bool(_codes(_of(1000, means=MedioPago.CARD), limit=Decimal(limit))) is refused


def test_facturas_have_no_limit():
    assert rules.check(documents.factura(), limit=Decimal(1)) == []


PRICES = st.decimals(Decimal("0.5"), Decimal(90_000), places=2)
QUANTITIES = st.decimals(Decimal("0.001"), Decimal(200), places=3)
MARKS = st.sampled_from([None, None, None, IndExe.EXEMPT, IndExe.NOT_BILLABLE])


@st.composite
def lines(draw, exempt: bool) -> Line:
    quantity, price = draw(QUANTITIES), draw(PRICES)
    before = amounts.line_amount(quantity, price)
    discount = draw(st.none() | st.integers(1, max(1, before)))
    discount = Adjustment(discount) if discount and discount <= before else None
    return Line(
        name=draw(st.text("áé&<Ñ'\"xyz ", min_size=1).filter(str.strip)),
        amount=before - (discount.amount if discount else 0),
        quantity=quantity,
        unit_price=price,
        discount=discount,
        exempt=IndExe.EXEMPT if exempt else draw(MARKS),
    )


@st.composite
def random_boletas(draw):
    kind = draw(st.sampled_from([TipoDte.BOLETA, TipoDte.BOLETA_EXENTA]))
    sold = tuple(draw(st.lists(lines(kind is TipoDte.BOLETA_EXENTA), min_size=1, max_size=12)))
    changes = ()
    if kind is TipoDte.BOLETA and draw(st.booleans()):
        percent = draw(st.decimals(Decimal("0.01"), Decimal(60), places=2))
        changes = (GlobalAdjustment(TpoMov.DISCOUNT, "Feria", percent=percent),)
    totals = amounts.totals(kind, sold, changes, gross=True)
    assume(totals.net if kind is TipoDte.BOLETA else totals.exempt)
    return replace(
        boletas.boleta(),
        kind=kind,
        lines=sold,
        adjustments=changes,
        totals=totals,
        receiver=draw(st.sampled_from([boletas.ANONYMOUS, boletas.CUSTOMER])),
        means=draw(st.none() | st.sampled_from(MedioPago)),
        due_on=draw(st.none() | st.just(documents.ISSUED_ON + timedelta(30))),
    )


@pytest.fixture(scope="module")
def cafs(authority_key, authorities, caf_key):
    return {
        kind: Caf.read(keys.caf_file(authority_key, caf_key, kind=kind), authorities)
        for kind in boletas.ALL
    }


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=random_boletas())
def test_random_boletas_are_legal_valid_and_keep_their_price(document, cafs, signer, moment):
    """Rules, schema, and the price of the lines as the total."""
    assert rules.check(document) == []
    assert dte.issue(document, 1, cafs[document.kind], signer, moment).xml
    sold = [line.amount for line in document.lines if line.exempt is not IndExe.NOT_BILLABLE]
    if not document.adjustments:
        assert document.totals.total == sum(sold)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=random_boletas(), more=st.sampled_from([-1000, -2, -1, 1, 2, 1000]))
def test_a_total_that_is_wrong_by_a_peso_is_refused(document, more):
    totals = replace(document.totals, total=document.totals.total + more)
    assert rules.check(replace(document, totals=totals))
