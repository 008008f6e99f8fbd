"""What makes a document illegal: its parties, and all problems at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import documents
import pytest
import wide
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judged import found, plain

from sii import rules
from sii.codes import ANONYMOUS_RUT, CodRef, TipoDte, TpoMov
from sii.document import (
    Adjustment,
    Document,
    GlobalAdjustment,
    TaxTotal,
    Totals,
)


@pytest.mark.parametrize("name", wide.EXAMPLES)
def test_legal_documents_have_no_problem(name):
    assert rules.check(wide.EXAMPLES[name]()) == []


def test_all_problems_at_once():
    document = documents.factura()
    document = replace(
        document,
        issued_on=date(1999, 12, 31),
        issuer=replace(document.issuer, comuna="", actecos=()),
        receiver=replace(document.receiver, rut="96790240-4", giro=" "),
        lines=(replace(document.lines[0], name="", amount=24999), document.lines[1]),
    )
    assert found(document) == [
        ("date_out_of_range", "issued_on"),
        ("issuer_comuna_missing", "issuer.comuna"),
        ("acteco_count", "issuer.actecos"),
        ("rut_invalid", "receiver.rut"),
        ("receiver_giro_missing", "receiver.giro"),
        ("line_name_missing", "lines[0].name"),
        ("line_amount_wrong", "lines[0].amount"),
        ("net_wrong", "totals.net"),
    ]


@pytest.mark.parametrize(
    ("party", "field", "value", "code"),
    [
        ("issuer", "rut", "", "issuer_rut_missing"),
        ("issuer", "rut", "76086428-K", "rut_invalid"),
        ("issuer", "name", "", "issuer_name_missing"),
        ("issuer", "name", "x" * 101, "text_too_long"),
        ("issuer", "giro", "", "issuer_giro_missing"),
        ("issuer", "giro", "x" * 81, "text_too_long"),
        ("issuer", "address", "", "issuer_address_missing"),
        ("issuer", "comuna", "x" * 21, "text_too_long"),
        ("issuer", "email", "x" * 81, "text_too_long"),
        ("issuer", "sii_branch_code", 10**9, "branch_code_invalid"),
        ("issuer", "actecos", (1, 2, 3, 4, 5), "acteco_count"),
        ("receiver", "rut", "", "receiver_rut_missing"),
        ("receiver", "rut", "pasaporte", "rut_invalid"),
        ("receiver", "name", "\x07\t", "receiver_name_missing"),
        ("receiver", "name", "寿司", "text_not_encodable"),
        ("receiver", "name", "😀", "receiver_name_missing"),
        ("receiver", "giro", "x" * 41, "text_too_long"),
        ("receiver", "address", "", "receiver_address_missing"),
        ("receiver", "comuna", "", "receiver_comuna_missing"),
        ("receiver", "comuna", "x" * 21, "text_too_long"),
        ("receiver", "contact", "Владимир", "text_not_encodable"),
    ],
)
def test_parties(party, field, value, code):
    document = documents.factura()
    changed = replace(getattr(document, party), **{field: value})
    assert found(replace(document, **{party: changed})) == [(code, f"{party}.{field}")]


def test_acteco_out_of_range():
    document = documents.factura()
    issuer = replace(document.issuer, actecos=(466301, 0, 1_000_000))
    assert found(replace(document, issuer=issuer)) == [
        ("acteco_invalid", "issuer.actecos[1]"),
        ("acteco_invalid", "issuer.actecos[2]"),
    ]


def test_too_long_gives_limit_and_length():
    document = documents.factura()
    receiver = replace(document.receiver, giro="Ñ" * 52)
    (problem,) = rules.check(replace(document, receiver=receiver))
    assert problem.data == {"limit": 40, "length": 52}


def test_length_is_that_of_what_is_written():
    document = documents.factura()
    receiver = replace(document.receiver, giro="  " + "&" * 40 + " 😀  ")
    assert found(replace(document, receiver=receiver)) == []


PLACELESS = [
    ("receiver_address_missing", "receiver.address"),
    ("receiver_comuna_missing", "receiver.comuna"),
]


@pytest.mark.parametrize("make", [documents.nota_credito, documents.nota_debito])
@pytest.mark.parametrize(
    ("originals", "expected"),
    [
        (["33"], PLACELESS),
        (["30"], PLACELESS),
        (["39"], []),
        (["35", "38", "39", "41"], []),
        (["39", "33"], PLACELESS),
        (["39", "801"], []),
        (["801"], [("reference_missing", "references"), *PLACELESS]),
    ],
)
def test_notes_state_where_the_receiver_is_except_over_boletas(make, originals, expected):
    document = make()
    receiver = replace(document.receiver, giro="", address="", comuna="")
    issuer = replace(document.issuer, address="")
    one = replace(document.references[0], code=CodRef.CORRECTS_AMOUNTS)
    references = tuple(replace(one, document_type=each) for each in originals)
    note = replace(document, receiver=receiver, issuer=issuer, references=references)
    assert sorted(each for each in found(note) if each[0] != "vat_unexpected") == sorted(expected)


def test_a_note_over_a_note_over_an_anonymous_boleta():
    document = documents.nota_debito()
    over_note = replace(document.references[0], document_type="61", code=CodRef.ANNULS)
    for rut, expected in ((ANONYMOUS_RUT, []), (document.receiver.rut, PLACELESS)):
        receiver = replace(document.receiver, rut=rut, address="", comuna="")
        note = replace(document, receiver=receiver, references=(over_note,))
        assert found(note) == expected


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(replace, st.from_type(Document), kind=st.sampled_from(TipoDte)))
def test_no_document_is_too_odd_to_be_judged(document):
    assert all(problem.code for problem in rules.check(document))


@pytest.mark.parametrize("odd", [Decimal("Infinity"), Decimal("NaN"), Decimal("1E+300")])
def test_odd_numbers_are_reported_and_do_not_crash(odd):
    line = plain(10**80, quantity=odd, unit_price=odd, discount=Adjustment(10**80, odd))
    change = GlobalAdjustment(TpoMov.DISCOUNT, percent=odd)
    document = replace(
        documents.factura(),
        lines=(line,),
        adjustments=(change, GlobalAdjustment(TpoMov.DISCOUNT, amount=10**80)),
        totals=Totals(10**80, 10**80, 10**80, odd, 10**80, (TaxTotal(24, 10**80, odd),)),
    )
    codes = {problem.code for problem in rules.check(document)}
    assert {"number_out_of_range", "amount_out_of_range"} <= codes
    assert codes & {"percent_invalid", "percent_above_limit"}
