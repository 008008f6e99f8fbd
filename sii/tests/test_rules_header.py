"""What makes a document illegal: header, payment, transport and the second currency."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import documents
import pytest
import wide
from judged import found

from sii.codes import IndServicio, TipoDte
from sii.document import Document, ForeignTax, Instalment, Transport

DAY = documents.ISSUED_ON
BEFORE = date(2026, 3, 8)


def changed(**changes) -> Document:
    return replace(documents.factura(), **changes)


def carried(**changes) -> Document:
    return changed(transport=replace(wide.TRANSPORT, **changes))


def in_dollars(**changes) -> Document:
    document = wide.factura()
    return replace(document, foreign=replace(document.foreign, **changes))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"service": IndServicio.EVENT_TICKET}, ("service_not_for_kind", "service")),
        ({"late": True}, ("late_unexpected", "late")),
        ({"period_from": DAY, "period_to": BEFORE}, ("period_reversed", "period_to")),
        ({"period_from": date(1999, 1, 1)}, ("date_out_of_range", "period_from")),
        ({"due_on": BEFORE}, ("due_before_issue", "due_on")),
        ({"due_on": date(2051, 1, 1)}, ("date_out_of_range", "due_on")),
        ({"terms": "x" * 101}, ("text_too_long", "terms")),
        ({"terms": "三十日"}, ("text_not_encodable", "terms")),
    ],
)
def test_header(changes, problem):
    assert found(changed(**changes)) == [problem]


def test_a_period_may_be_open_or_of_one_day():
    assert found(changed(period_from=DAY, period_to=DAY, due_on=DAY)) == []
    assert found(changed(period_to=BEFORE)) == []


@pytest.mark.parametrize(
    ("amounts", "problems"),
    [
        ([34750], []),
        ([30000, 4750], []),
        ([30000, 4749], [("instalments_wrong", "instalments")]),
        ([34750, 0], [("amount_out_of_range", "instalments[1].amount")]),
        ([34751, -1], [("amount_out_of_range", "instalments[1].amount")]),
        ([1] * 30 + [34720], [("too_many", "instalments")]),
    ],
)
def test_instalments_pay_the_total(amounts, problems):
    planned = tuple(Instalment(DAY, amount) for amount in amounts)
    assert found(changed(instalments=planned)) == problems


def test_an_instalment_has_a_day_and_a_note():
    late, wordy = Instalment(BEFORE, 30000), Instalment(DAY, 4750, "x" * 41)
    assert found(changed(instalments=(late, wordy))) == [
        ("due_before_issue", "instalments[0].due_on"),
        ("text_too_long", "instalments[1].note"),
    ]


def test_instalments_pay_what_is_due_with_balance_and_without_bill():
    document = wide.factura()
    total = document.totals.total
    (problem, where) = found(replace(document, instalments=(Instalment(DAY, total),)))[0]
    assert (problem, where) == ("instalments_wrong", "instalments")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"plate": "ABCD-1234"}, ("text_too_long", "transport.plate")),
        ({"carrier_rut": "60803000-1"}, ("rut_invalid", "transport.carrier_rut")),
        ({"driver_rut": "1-1"}, ("rut_invalid", "transport.driver_rut")),
        ({"driver_rut": ""}, ("transport_driver_rut_missing", "transport.driver_rut")),
        ({"driver_name": " "}, ("transport_driver_name_missing", "transport.driver_name")),
        ({"comuna": "x" * 21}, ("text_too_long", "transport.comuna")),
        ({"address": "Москва"}, ("text_not_encodable", "transport.address")),
    ],
)
def test_transport(changes, problem):
    assert found(carried(**changes)) == [problem]


def test_transport_may_tell_little():
    assert found(carried(driver_rut="", driver_name="", carrier_rut="", plate="")) == []
    assert found(changed(transport=Transport())) == []


def test_notes_name_no_vehicle():
    note = replace(documents.nota_credito(), transport=wide.TRANSPORT)
    assert found(note) == [
        ("transport_unexpected", "transport.plate"),
        ("transport_unexpected", "transport.carrier_rut"),
        ("transport_unexpected", "transport.dispatch"),
    ]
    address = Transport(address="Ruta 5 km 800", comuna="Copiapó")
    assert found(replace(note, transport=address)) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"currency": "USD"}, ("currency_unknown", "foreign.currency")),
        ({"rate": Decimal(0)}, ("number_out_of_range", "foreign.rate")),
        ({"rate": Decimal("-950.5")}, ("number_out_of_range", "foreign.rate")),
        ({"rate": Decimal(10**6)}, ("number_out_of_range", "foreign.rate")),
        ({"rate": Decimal("950.50001")}, ("number_too_precise", "foreign.rate")),
        ({"total": Decimal(0)}, ("number_out_of_range", "foreign.total")),
        ({"vat": Decimal("NaN")}, ("number_out_of_range", "foreign.vat")),
        ({"net": Decimal("15.25")}, ("foreign_wrong", "foreign.net")),
        ({"total": Decimal("23.5")}, ("foreign_wrong", "foreign.total")),
        ({"exempt": Decimal(100)}, ("foreign_wrong", "foreign.exempt")),
    ],
)
def test_second_currency(changes, problem):
    assert found(in_dollars(**changes)) == [problem]


def test_second_currency_may_tell_its_total_alone():
    assert found(in_dollars(net=None, exempt=None, vat=None, taxes=())) == []


@pytest.mark.parametrize(
    ("tax", "problem"),
    [
        (ForeignTax(26, Decimal("1.5")), ("foreign_wrong", "amount")),
        (ForeignTax(27, Decimal(1)), ("foreign_wrong", "amount")),
        (ForeignTax(26, Decimal(0)), ("number_out_of_range", "amount")),
        (ForeignTax(26, Decimal("1.99"), Decimal(101)), ("percent_above_limit", "rate")),
    ],
)
def test_taxes_in_another_currency(tax, problem):
    code, field = problem
    assert found(in_dollars(taxes=(tax,))) == [(code, f"foreign.taxes[0].{field}")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"currency": ""}, ("foreign_currency_missing", "currency")),
        ({"currency": "DOLAR"}, ("text_too_long", "currency")),
        ({"price": Decimal(0)}, ("number_out_of_range", "price")),
        ({"amount": Decimal("0.00001")}, ("number_too_precise", "amount")),
        ({"rate": Decimal("Infinity")}, ("number_out_of_range", "rate")),
    ],
)
def test_lines_in_another_currency(changes, problem):
    document = wide.factura()
    first, *others = document.lines
    line = replace(first, foreign=replace(first.foreign, **changes))
    code, field = problem
    assert found(replace(document, lines=(line, *others))) == [(code, f"lines[0].foreign.{field}")]


def test_only_credit_notes_are_late():
    assert found(replace(documents.nota_credito(), late=True)) == []
    assert found(replace(documents.nota_debito(), late=True)) == [("late_unexpected", "late")]


def test_codes_of_a_buyer_are_not_clipped():
    receiver = replace(documents.RECEIVER, internal_code="x" * 21)
    assert found(changed(receiver=receiver)) == [("text_too_long", "receiver.internal_code")]
    issuer = replace(documents.ISSUER, seller="x" * 61)
    assert found(changed(issuer=issuer)) == []


def test_whatever_a_purchase_invoice_may_carry():
    document = replace(documents.factura_compra(), transport=wide.TRANSPORT, due_on=DAY)
    assert document.kind is TipoDte.FACTURA_COMPRA
    assert found(document) == []
