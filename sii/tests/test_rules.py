"""What makes a document illegal: each rule alone, and all problems at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import documents
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sii import amounts, rules
from sii.codes import CodRef, IndExe, TipoDte, TpoMov
from sii.document import (
    Adjustment,
    Document,
    GlobalAdjustment,
    ItemCode,
    Line,
    Reference,
    TaxTotal,
    Totals,
)

DISCOUNT = TpoMov.DISCOUNT
REF_33 = Reference("33", "12", date(2026, 3, 5), CodRef.ANNULS)


def found(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in rules.check(document)]


def with_lines(*lines: Line, **changes) -> Document:
    """A factura of these lines whose totals agree with them."""
    document = replace(documents.factura(), lines=lines, **changes)
    totals = amounts.totals(document.kind, lines, document.adjustments, gross=document.gross)
    return replace(document, totals=changes.get("totals", totals))


def plain(amount: int = 1000, **changes) -> Line:
    return Line("Cosa", amount, **changes)


def note(*references: Reference, **changes) -> Document:
    return replace(documents.nota_credito(), references=references, **changes)


@pytest.mark.parametrize("kind", documents.ALL)
def test_legal_documents_have_no_problem(kind):
    assert rules.check(documents.ALL[kind]()) == []


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


def test_too_long_says_how_long():
    document = documents.factura()
    receiver = replace(document.receiver, giro="Ñ" * 52)
    (problem,) = rules.check(replace(document, receiver=receiver))
    assert problem.data == {"limit": 40, "length": 52}


def test_length_is_that_of_what_is_written():
    document = documents.factura()
    receiver = replace(document.receiver, giro="  " + "&" * 40 + " 😀  ")
    assert found(replace(document, receiver=receiver)) == []


def test_notes_may_leave_the_receivers_address_out():
    document = documents.nota_credito()
    receiver = replace(document.receiver, giro="", address="", comuna="")
    issuer = replace(document.issuer, address="")
    assert found(replace(document, receiver=receiver, issuer=issuer)) == []


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
        (plain(codes=(ItemCode("", "A"),)), "item_code_empty", "codes[0].kind"),
        (plain(codes=(ItemCode("INT1", "x" * 36),)), "text_too_long", "codes[0].value"),
        (plain(codes=(ItemCode("A", "B"),) * 6), "too_many", "codes"),
        (plain(exempt=IndExe.NOT_BILLABLE), "line_mark_unsupported", "exempt"),
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
        ({"total": 10**18}, "amount_out_of_range", "total"),
        ({"net": -1}, "amount_out_of_range", "net"),
        ({"taxes": (TaxTotal(99, 0),)}, "tax_unknown", "taxes[0].code"),
        ({"taxes": (TaxTotal(24, 0), TaxTotal(24, 0))}, "tax_total_twice", "taxes[1].code"),
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


def test_additional_taxes():
    line = plain(1000, additional_taxes=(27,))
    totals = amounts.totals(TipoDte.FACTURA, [line], tax_rates={27: Decimal(10)})
    assert found(with_lines(line, totals=totals)) == []
    assert found(with_lines(line)) == [("tax_total_missing", "totals.taxes")]
    three = plain(1000, additional_taxes=(27, 24, 99))
    assert {
        ("too_many", "lines[0].additional_taxes"),
        ("tax_unknown", "lines[0].additional_taxes[2]"),
    } <= set(found(with_lines(three)))


@pytest.mark.parametrize(
    ("adjustment", "code", "where"),
    [
        (GlobalAdjustment(DISCOUNT), "adjustment_ambiguous", ""),
        (GlobalAdjustment(DISCOUNT, "", Decimal(5), 5), "adjustment_ambiguous", ""),
        (GlobalAdjustment(DISCOUNT, "x" * 46, amount=1), "text_too_long", ".reason"),
        (GlobalAdjustment(DISCOUNT, percent=Decimal(101)), "percent_invalid", ".percent"),
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


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ((), [("reference_missing", "references")]),
        ((replace(REF_33, document_type="801"),), [("reference_missing", "references")]),
        ((replace(REF_33, code=None),), [("reference_code_missing", "references[0].code")]),
        ((REF_33, REF_33), [("reference_not_single", "references")]),
        ((replace(REF_33, folio="12A"),), [("reference_folio_invalid", "references[0].folio")]),
        ((replace(REF_33, folio=""),), [("reference_folio_missing", "references[0].folio")]),
        (
            (replace(REF_33, issued_on=date(2026, 3, 10)),),
            [("reference_later", "references[0].issued_on")],
        ),
        (
            (replace(REF_33, code=CodRef.CORRECTS_TEXT),),
            [("correction_with_amount", "totals.total")],
        ),
    ],
)
def test_notes(references, expected):
    assert found(note(*references)) == expected


def test_legal_notes():
    test_set = Reference("SET", "414175", date(2026, 3, 9), reason="CASO 414175-6")
    assert found(note(test_set, REF_33)) == []
    amounts_only = replace(REF_33, code=CodRef.CORRECTS_AMOUNTS)
    assert found(note(amounts_only, replace(amounts_only, folio="13"))) == []
    correction = replace(REF_33, code=CodRef.CORRECTS_TEXT)
    line = Line("DONDE DICE giro DEBE DECIR otro", 0)
    assert found(note(correction, lines=(line,), totals=Totals(0))) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"document_type": ""}, "reference_document_type_missing"),
        ({"document_type": "8010"}, "text_too_long"),
        ({"folio": "x" * 19}, "text_too_long"),
        ({"reason": "x" * 91}, "text_too_long"),
        ({"issued_on": date(2051, 1, 1)}, "date_out_of_range"),
    ],
)
def test_references_of_any_document(change, code):
    document = documents.factura()
    reference = replace(document.references[0], **change)
    where = f"references[1].{next(iter(change))}"
    references = (document.references[0], reference)
    assert found(replace(document, references=references)) == [(code, where)]
    assert ("too_many", "references") in found(replace(document, references=references * 21))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Document))
def test_no_document_is_too_odd_to_be_judged(document):
    assert all(problem.code for problem in rules.check(document))


@pytest.mark.parametrize("odd", [Decimal("Infinity"), Decimal("NaN"), Decimal("1E+300")])
def test_odd_numbers_are_told_not_tripped_over(odd):
    line = plain(10**80, quantity=odd, unit_price=odd, discount=Adjustment(10**80, odd))
    change = GlobalAdjustment(DISCOUNT, percent=odd)
    document = replace(
        documents.factura(),
        lines=(line,),
        adjustments=(change, GlobalAdjustment(DISCOUNT, amount=10**80)),
        totals=Totals(10**80, 10**80, 10**80, odd, 10**80, (TaxTotal(24, 10**80, odd),)),
    )
    codes = {problem.code for problem in rules.check(document)}
    assert {"number_out_of_range", "percent_invalid", "amount_out_of_range"} <= codes
