"""What makes a document illegal: header, payment, transport and the second currency."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import boletas
import documents
import pytest
import wide
from judged import found

from sii import kinds
from sii.codes import IndServicio, TipoDte, TpoTranCompra, TpoTranVenta
from sii.document import Document, ForeignTax, Instalment, Transport, goods

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


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("sale", TpoTranVenta.FIXED_ASSET, kinds.codes(states_sale=True)),
        ("purchase", TpoTranCompra.FIXED_ASSET, kinds.codes(states_purchase=True)),
    ],
)
@pytest.mark.parametrize("kind", kinds.codes(issued=True))
def test_what_it_is_to_who_sells_and_buys(name, value, allowed, kind):
    make = {**documents.ALL, **boletas.ALL}[kind]
    problems = [] if kind in allowed else [("transaction_not_for_kind", name)]
    assert found(replace(make(), **{name: value})) == problems


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
        ({"plate": "ABCD-12345"}, ("plate_invalid", "transport.plate")),
        ({"plate": "CAMION"}, ("plate_invalid", "transport.plate")),
        ({"plate": "12 34 56"}, ("plate_invalid", "transport.plate")),
        ({"plate": "AB*12"}, ("plate_invalid", "transport.plate")),
        ({"trailer_plate": "CARRO"}, ("plate_invalid", "transport.trailer_plate")),
        ({"plate": ""}, ("transport_plate_missing", "transport.plate")),
        ({"plate": " - "}, ("transport_plate_missing", "transport.plate")),
        ({"carrier_rut": ""}, ("transport_carrier_rut_missing", "transport.carrier_rut")),
        ({"address": ""}, ("transport_address_missing", "transport.address")),
        ({"comuna": ""}, ("transport_comuna_missing", "transport.comuna")),
        (
            {"departs_at": None, "arrives_on": None},
            ("transport_departs_at_missing", "transport.departs_at"),
        ),
        (
            {"departs_at": datetime(2026, 3, 8, 23, 59)},
            ("departure_before_issue", "transport.departs_at"),
        ),
        ({"arrives_on": BEFORE}, ("arrival_before_departure", "transport.arrives_on")),
        (
            {"departs_at": datetime(2026, 3, 10), "arrives_on": None},
            ("transport_arrives_on_missing", "transport.arrives_on"),
        ),
        ({"origin_comuna": ""}, ("transport_origin_comuna_missing", "transport.origin_comuna")),
        ({"not_known": ("carrier",)}, ("told_and_not_known", "transport.carrier_rut")),
        ({"not_known": ("trailer_plate",)}, ("told_and_not_known", "transport.trailer_plate")),
        ({"not_known": ("weather",)}, ("not_known_unknown", "transport.not_known")),
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


def test_what_is_not_known_is_stated():
    assert found(changed(transport=wide.NO_CARRIER_KNOWN)) == []
    for name, field in (("plate", "plate"), ("carrier", "carrier_rut")):
        stated = tuple(each for each in ("plate", "carrier", "driver") if each != name)
        one_less = replace(wide.NO_CARRIER_KNOWN, not_known=stated)
        problem = (f"transport_{field}_missing", f"transport.{field}")
        assert found(changed(transport=one_less)) == [problem]
    no_driver = replace(wide.NO_CARRIER_KNOWN, not_known=("plate", "carrier"))
    assert found(changed(transport=no_driver)) == [
        ("transport_driver_rut_missing", "transport.driver_rut"),
        ("transport_driver_name_missing", "transport.driver_name"),
    ]
    later = replace(
        wide.NO_CARRIER_KNOWN,
        departs_at=None,
        not_known=("plate", "carrier", "driver", "departure"),
    )
    assert found(changed(transport=later)) == []


@pytest.mark.parametrize("travels", [{"goods_travel": True}, {"dispatch": 2}, {"plate": "AB1234"}])
def test_each_sign_that_goods_travel_asks_for_all(travels):
    codes = {code for code, _where in found(changed(transport=Transport(**travels)))}
    assert {
        "transport_carrier_rut_missing",
        "transport_driver_name_missing",
        "transport_address_missing",
        "transport_comuna_missing",
        "transport_departs_at_missing",
    } <= codes


def test_a_destination_alone_asks_for_nothing():
    assert found(changed(transport=Transport())) == []
    assert found(changed(transport=Transport(address="Ruta 5 km 800", comuna="Copiapó"))) == []


def test_the_statement_needs_room_in_the_first_line():
    document = changed(transport=wide.NO_CARRIER_KNOWN)
    stated = len(goods.statement(wide.NO_CARRIER_KNOWN.not_known)) + 1
    for length, problems in (
        (1000 - stated, []),
        (1001 - stated, [("text_too_long", "lines[0].description")]),
    ):
        lines = (replace(document.lines[0], description="x" * length), *document.lines[1:])
        assert found(replace(document, lines=lines)) == problems


def test_notes_name_no_vehicle():
    note = replace(documents.nota_credito(), transport=wide.TRANSPORT)
    assert found(note) == [
        ("transport_unexpected", "transport.plate"),
        ("transport_unexpected", "transport.trailer_plate"),
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


def test_second_currency_may_state_its_total_alone():
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


def test_what_a_purchase_invoice_may_carry():
    document = replace(documents.factura_compra(), transport=wide.TRANSPORT, due_on=DAY)
    assert document.kind is TipoDte.FACTURA_COMPRA
    assert found(document) == []
