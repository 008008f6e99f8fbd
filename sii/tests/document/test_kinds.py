"""The table of types: each trait once more from its norm; a new type is nothing but a row."""

from dataclasses import fields, replace
from datetime import date

import documents
import independent
import keys
import pytest

from sii import kinds, rules
from sii.codes import CodRef, TipoDte
from sii.document import Reference, payload
from sii.dte import envelope, issue
from sii.dte.caf import Caf
from sii.errors import InvalidDocument
from sii.kinds import Body, Book, Channel, Family
from sii.printing import sheet, words
from sii.received import document as received
from sii.xml import schema

# PROTOCOL 5.1, the paper types and registers after it.
ELECTRONIC = {33, 34, 39, 41, 43, 46, 52, 56, 61, 110, 111, 112}
PAPER = {29, 30, 32, 35, 38, 40, 45, 47, 48, 50, 55, 60, *range(101, 107), 108, 109, 914}


@pytest.mark.parametrize(
    ("trait", "value", "codes"),
    [
        ("is_electronic", True, ELECTRONIC),
        ("channel", Channel.BOLETA, {39, 41}),
        ("body", Body.LIQUIDACION, {43}),
        ("body", Body.EXPORTACIONES, {110, 111, 112}),
        ("vat_always", True, {33}),  # 5.4
        ("construction_credit", True, {33, 52, 56, 61}),  # 5.4 CredEC
        ("states_sale", True, {33, 34, 43, 46, 52, 61}),  # 5.4 TpoTranVenta
        ("states_purchase", True, {33, 34, 43, 46, 52}),  # 5.4 TpoTranCompra
        ("carries_goods", True, {33, 34, 46, 52}),  # NEXT_TYPES 0, 1.3
        ("claimable", True, {33, 34, 43}),  # 8.4
        ("cedible", True, {33, 34, 43, 46}),  # NEXT_TYPES 4
        ("receipt", True, {33, 34, 46, 52, 56, 61}),  # 8.3
        ("folio_months", 6, {33, 43, 46, 56, 61}),  # 7.3
        ("max_lines", 1000, {39, 41}),  # 12.1
        ("daily_summary", True, {39, 41, 61}),  # 4.5
        ("stamped", True, ELECTRONIC - {39, 41}),
        ("exchanged", True, {33, 34, 43, 52, 56, 61}),
        ("billed", True, {33, 34, 56, 61}),
        ("is_guide", True, {50, 52}),
        ("is_purchase", True, {45, 46}),
        ("is_credit_note", True, {60, 61, 106, 112}),
        ("is_debit_note", True, {55, 56, 104, 111}),
        ("exempt", True, {32, 34, 38, 41, 101, 102, 104, 106, 110, 111, 112}),
        ("export", True, {101, 104, 106, 110, 111, 112}),
        ("family", Family.BOLETA, {35, 38, 39, 41}),
        ("family", Family.FEES, {70, 71}),
        ("book", Book.PURCHASES, {45, 46, 914}),
        ("changeable", True, {30, 32, 33, 34, 35, 38, 39, 40, 41, 43, 45, 46, 55, 56, 60, 61}),
        ("summed", True, {35, 38, 39, 41, 47, 48}),  # 9.1
        ("only_summed", True, {35, 38, 39, 41, 47, 48, 105, 906, 919, 920, 922, 924}),
    ],
)
def test_who_has_a_trait(trait, value, codes):
    assert set(kinds.codes(**{trait: value})) == codes


def test_every_type_has_one_row():
    assert set(kinds.codes()) >= ELECTRONIC | PAPER
    assert all(kind.text == text for text, kind in kinds.TABLE.items())
    assert all(kind.name for kind in kinds.where())
    assert set(kinds.codes(issued=True)) == set(TipoDte)


def test_twins_are_each_others():
    for kind in kinds.where():
        if kind.twin is not None:
            twin = kinds.of(kind.twin)
            assert twin.twin == kind.code
            assert twin.exempt is not kind.exempt
            assert (twin.family, twin.body) == (kind.family, kind.body)


def test_only_notes_change_documents():
    assert all(kind.is_note for kind in kinds.where() if kind.changes)
    assert all(kind.changes for kind in kinds.where(is_note=True, issued=True))


@pytest.mark.parametrize("code", [801, "HES", "SET", "", False, None, "033", -33])
def test_what_is_no_type_has_no_trait(code):
    kind = kinds.of(code)
    assert kind is kinds.UNKNOWN
    yes = [each.name for each in fields(kind) if getattr(kind, each.name) is True]
    assert yes == []
    assert not any((kind.is_electronic, kind.is_boleta, kind.is_note, kind.is_target, kind.channel))


MADE_UP = 733
CARATULA = envelope.Caratula("76086428-5", "11111111-1", date(2014, 8, 22), 0)


@pytest.fixture
def made_up(monkeypatch):
    """A factura of another code and name, which nothing but its row knows."""
    row = replace(kinds.of(33), code=MADE_UP, name="Factura Inventada Electrónica", twin=None)
    monkeypatch.setitem(kinds.TABLE, row.text, row)
    return row


@pytest.fixture
def its_schemas():
    """The SII's schemas on the day on which it allows the type."""
    files = dict(schema.SchemaSet.bundled()._files)
    values = files["dte_values.xsd"]
    for group in (b"AnyKind", b"DocumentoKind"):
        start = values.index(b'<xs:enumeration value="33"/>', values.index(b'name="%s"' % group))
        added = b'<xs:enumeration value="%d"/>' % MADE_UP
        values = values[:start] + added + values[start:]
    return schema.SchemaSet(files | {"dte_values.xsd": values})


@pytest.fixture
def its_caf(authority_key, authorities, caf_key):
    return Caf.read(keys.caf_file(authority_key, caf_key, kind=MADE_UP), authorities)


def test_a_new_type_is_a_row(made_up, its_schemas, its_caf, authorities, caf_key, signer, moment):
    document = replace(documents.factura(), kind=MADE_UP)
    assert rules.check(document) == []
    assert payload.load(payload.dump(document)).kind == MADE_UP
    assert its_caf.expires_on is not None

    signed = issue.issue(document, 42, its_caf, signer, moment, its_schemas)
    assert signed.document_id == f"F42T{MADE_UP}"
    independent.check_signature(signed.xml, "Documento", independent.SII)
    independent.check_stamp(signed.xml, caf_key)

    sealed = envelope.seal(CARATULA, [signed.xml], signer, moment, schemas=its_schemas)
    assert b"<TpoDTE>%d</TpoDTE>" % MADE_UP in sealed
    [read] = received.read(sealed, authorities)
    assert read.is_genuine
    assert (read.kind, read.folio, read.totals.total) == (MADE_UP, 42, document.totals.total)
    assert read.lines[0].name == document.lines[0].name

    printed = sheet.read(signed.xml)
    assert words.document_name(printed.kind) == made_up.name
    assert [row.label for row in words.total_rows(printed.kind, printed.totals)][-1] == "Total"


def test_its_traits_rule_it(monkeypatch, made_up):
    document = replace(documents.factura(), kind=MADE_UP)
    many = replace(document, lines=document.lines * 40)
    assert "too_many" in {problem.code for problem in rules.check(many)}
    monkeypatch.setitem(kinds.TABLE, made_up.text, replace(made_up, max_lines=100))
    assert "too_many" not in {problem.code for problem in rules.check(many)}


def test_notes_change_it(made_up):
    note = documents.nota_credito()
    original = Reference(made_up.text, "42", note.issued_on, CodRef.CORRECTS_AMOUNTS)
    assert rules.check(replace(note, references=(original,))) == []
    assert {each.code for each in rules.check(replace(note, references=()))} == {
        "reference_missing"
    }


def test_without_a_row_it_is_refused(its_schemas, its_caf, signer, moment):
    with pytest.raises((InvalidDocument, KeyError)):
        issue.issue(
            replace(documents.factura(), kind=MADE_UP), 42, its_caf, signer, moment, its_schemas
        )
