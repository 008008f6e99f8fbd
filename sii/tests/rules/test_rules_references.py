"""What makes a document illegal: what it refers to, and what notes must."""

from dataclasses import replace
from datetime import date

import documents
import pytest
import wide
from judged import found

from sii.codes import CodRef, IndExe
from sii.document import (
    Document,
    Line,
    Reference,
    Totals,
)

REF_33 = Reference("33", "12", date(2026, 3, 5), CodRef.ANNULS)


def note(*references: Reference, **changes) -> Document:
    return replace(documents.nota_credito(), references=references, **changes)


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ((), [("reference_missing", "references")]),
        ((replace(REF_33, document_type="801"),), [("reference_missing", "references")]),
        ((replace(REF_33, code=None),), [("reference_code_missing", "references[0].code")]),
        ((REF_33, REF_33), [("reference_not_single", "references")]),
        ((replace(REF_33, folio="12A"),), [("reference_folio_invalid", "references[0].folio")]),
        ((replace(REF_33, folio=""),), [("reference_folio_missing", "references[0].folio")]),
        ((replace(REF_33, is_global=True),), [("reference_folio_invalid", "references[0].folio")]),
        (
            (replace(REF_33, issued_on=date(2026, 3, 10)),),
            [("reference_later", "references[0].issued_on")],
        ),
        (
            (replace(REF_33, code=CodRef.CORRECTS_TEXT),),
            [("correction_with_amount", "totals.total")],
        ),
        ((replace(REF_33, folio="0"),), [("reference_folio_invalid", "references[0].folio")]),
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
    ("reference", "expected"),
    [
        (Reference("52", "1234567890", date(2026, 3, 9)), []),
        (Reference("52", "12345678901", date(2026, 3, 9)), ["reference_folio_invalid"]),
        (Reference("52", "7", date(2026, 3, 10)), ["reference_later"]),
        (Reference("52", "000", date(2026, 3, 9)), ["reference_folio_invalid"]),
        (Reference("52", "0", date(2026, 3, 9), is_global=True), []),
        (Reference("801", "OC-12345678901", date(2026, 3, 10)), []),
    ],
)
def test_what_a_factura_cites(reference, expected):
    document = replace(documents.factura(), issued_on=date(2026, 3, 9), references=(reference,))
    assert [code for code, _where in found(document)] == expected


def test_notes_that_correct_amounts_move_something():
    amounts = replace(REF_33, code=CodRef.CORRECTS_AMOUNTS)
    nothing = note(amounts, lines=(Line("Descuento", 0),), totals=Totals(0))
    assert ("note_of_nothing", "totals.total") in found(nothing)
    annulled = replace(nothing, references=(REF_33,))
    assert ("note_of_nothing", "totals.total") not in found(annulled)


def test_text_notes_move_nothing():
    document = wide.text_note()
    unbilled = Line("Cobro", 500, exempt=IndExe.NOT_BILLABLE)
    moved = replace(document, lines=(unbilled,), totals=Totals(0, not_billable=500))
    assert found(moved) == [("correction_with_amount", "totals.total")]


@pytest.mark.parametrize("kind", ["32", "34", "38", "41"])
def test_notes_over_exempt_documents_carry_no_vat(kind):
    note_on_amounts = replace(REF_33, document_type=kind, code=CodRef.CORRECTS_AMOUNTS)
    assert found(note(note_on_amounts)) == [
        ("vat_unexpected", "totals.net"),
        ("vat_unexpected", "totals.vat"),
    ]
    both = replace(REF_33, code=CodRef.CORRECTS_AMOUNTS)
    assert found(note(note_on_amounts, both)) == []


@pytest.mark.parametrize("kind", documents.ALL)
@pytest.mark.parametrize(
    ("cited", "old"),
    [
        (date(2002, 8, 1), False),
        (date(2002, 7, 31), True),
        (date(2001, 5, 1), True),
        (date(2000, 1, 1), True),
    ],
)
def test_what_is_cited_is_not_older_than_the_system(kind, cited, old):
    document = documents.ALL[kind]()
    order = Reference("801", "7", cited)
    problems = found(replace(document, references=(*document.references, order)))
    where = f"references[{len(document.references)}].issued_on"
    assert problems == ([("reference_too_old", where)] if old else [])


def test_references_state_a_day_and_no_words_of_boletas():
    undated = Reference("801", "OC-1")
    worded = Reference("SET", "1", date(2026, 3, 9), label="SET")
    assert found(replace(documents.factura(), references=(undated, worded))) == [
        ("reference_issued_on_missing", "references[0].issued_on"),
        ("reference_label_unexpected", "references[1].label"),
    ]
    assert ("reference_issued_on_missing", "references[0].issued_on") in found(
        note(replace(REF_33, issued_on=None))
    )


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
