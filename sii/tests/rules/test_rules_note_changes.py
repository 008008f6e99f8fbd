"""Which note may do what to which document: the whole matrix, whatever this database knows."""

from dataclasses import replace
from datetime import date

import documents
import pytest
from judged import found

from sii import kinds
from sii.codes import CodRef, TipoDte
from sii.document import Line, Reference, Totals
from sii.rules import note_changes

NOTES = (TipoDte.NOTA_CREDITO, TipoDte.NOTA_DEBITO)
# Problems of this table alone: those of purchase invoices or exempt amounts do not count.
CODES = {
    *("note_over_guide", "note_over_export", "credit_note_over_its_like"),
    *("debit_note_annuls", "debit_note_corrects_text"),
}


def may(kind, code, document_type):
    """Written once more, in the words of format 2.5."""
    changed = kinds.of(document_type)
    if changed.is_guide or changed.export:
        return False
    if kind is TipoDte.NOTA_CREDITO:
        return not changed.is_credit_note
    if code is CodRef.ANNULS:
        return changed.is_credit_note
    return code is CodRef.CORRECTS_AMOUNTS


def note(kind, code, document_type):
    document = replace(documents.nota_credito(), kind=kind)
    reference = Reference(document_type, "12", date(2026, 3, 5), code)
    if code is CodRef.CORRECTS_TEXT:
        line = Line("DONDE DICE giro DEBE DECIR otro", 0)
        document = replace(document, lines=(line,), totals=Totals(0))
    return replace(document, references=(reference,))


@pytest.mark.parametrize("document_type", kinds.texts(is_target=True))
@pytest.mark.parametrize("code", CodRef)
@pytest.mark.parametrize("kind", NOTES)
def test_the_matrix(kind, code, document_type):
    problems = [each for each in found(note(kind, code, document_type)) if each[0] in CODES]
    assert len(problems) == (not may(kind, code, document_type))
    assert all(where == "references[0].document_type" for _code, where in problems)


def test_the_table_is_whole():
    for kind in NOTES:
        assert kinds.of(kind).changes.keys() == set(CodRef)
    assert kinds.codes(is_note=True, issued=True) == tuple(sorted(NOTES))


@pytest.mark.parametrize(
    ("kind", "code", "document_type", "expected"),
    [
        (TipoDte.NOTA_CREDITO, CodRef.ANNULS, "52", "note_over_guide"),
        (TipoDte.NOTA_CREDITO, None, "52", "note_over_guide"),
        (TipoDte.NOTA_DEBITO, CodRef.CORRECTS_AMOUNTS, "50", "note_over_guide"),
        (TipoDte.NOTA_CREDITO, CodRef.ANNULS, "110", "note_over_export"),
        (TipoDte.NOTA_DEBITO, CodRef.ANNULS, "112", "note_over_export"),
        (TipoDte.NOTA_CREDITO, CodRef.ANNULS, "61", "credit_note_over_its_like"),
        (TipoDte.NOTA_CREDITO, CodRef.CORRECTS_TEXT, "60", "credit_note_over_its_like"),
        (TipoDte.NOTA_DEBITO, CodRef.ANNULS, "33", "debit_note_annuls"),
        (TipoDte.NOTA_DEBITO, CodRef.CORRECTS_TEXT, "33", "debit_note_corrects_text"),
        (TipoDte.NOTA_DEBITO, CodRef.CORRECTS_TEXT, "61", "debit_note_corrects_text"),
        (TipoDte.NOTA_DEBITO, None, "33", "reference_code_missing"),
    ],
)
def test_each_has_its_own_code(kind, code, document_type, expected):
    assert expected in [each for each, _where in found(note(kind, code, document_type))]
    if code is not None:
        problem = note_changes.forbidden(kind, code, document_type, "references[0]")
        assert problem.code == expected


def test_a_guide_may_be_cited_by_what_is_no_note():
    guide = Reference("52", "12", date(2026, 3, 5))
    assert found(replace(documents.factura(), references=(guide,))) == []
