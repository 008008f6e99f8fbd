"""The SII's set files: what they contain, and that nothing doubtful is guessed."""

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from documents import ISSUED_ON
from set_documents import document_of

from sii import rules
from sii.certification.content import content, set_reference
from sii.certification.file import MAX_LINE, MAX_SIZE, read
from sii.certification.sets import SetKind
from sii.codes import CodRef, IndExe, TipoDte
from sii.document import Reference
from sii.errors import CertificationSetProblem

SETS = Path(__file__).parents[1] / "sets"


def text_of(name):
    return (SETS / f"{name}.txt").read_bytes()


@pytest.fixture
def basic():
    return read(text_of("invoices")).sets[0]


@pytest.fixture
def exempt():
    return read(text_of("exempt")).sets[0]


@pytest.fixture
def boletas():
    return read(text_of("boletas")).sets[0]


def content_of(test_set, name):
    return content(test_set, test_set.case(name))


def problem_of(data):
    with pytest.raises(CertificationSetProblem) as caught:
        read(data)
    assert caught.value.data["line"] > 0
    return caught.value.code


def changed(name, old, new):
    data = text_of(name)
    assert old.encode("iso-8859-1") in data
    return data.replace(old.encode("iso-8859-1"), new.encode("iso-8859-1"))


def test_sets_of_a_file():
    found = read(text_of("invoices"))
    assert [(each.kind, each.attention) for each in found.sets] == [
        (SetKind.BASIC, 700100),
        (SetKind.SALES_BOOK, 700101),
        (SetKind.PURCHASE_BOOK, 700102),
    ]
    assert found.unsupported == ("GUIA DE DESPACHO",)


def test_encodings_give_the_same():
    data = text_of("invoices")
    again = data.decode("iso-8859-1").encode("utf-8")
    assert read(again) == read(data) == read(b"\xef\xbb\xbf" + again)
    assert read(data.replace(b"\r\n", b"\n")) == read(data)


def test_cases_without_heading(basic):
    bare = re.sub(rb"(?s)^.*?(?=CASO  700100-1)", b"", text_of("invoices"))
    cases = read(bare).sets[0].cases
    assert [case.name for case in cases] == [case.name for case in basic.cases]


def test_invoice(basic):
    found = content_of(basic, "700100-1")
    assert [line.name for line in found.lines] == ["Tornillo Ñuble AFECTO", "Tuerca AFECTO"]
    assert found.totals.net == 41 * 317 + 17 * 1259
    assert found.code is None


def test_item_discounts(basic):
    lines = content_of(basic, "700100-2").lines
    assert [line.discount and line.discount.percent for line in lines] == [5, 7, None]
    assert [line.amount for line in lines] == [138762, 63948, 6390]


def test_exempt_service(basic):
    totals = content_of(basic, "700100-3").totals
    assert (totals.net, totals.exempt) == (53244, 28750)


def test_global_discount(basic):
    found = content_of(basic, "700100-4")
    assert found.adjustments[0].percent == Decimal(9)
    assert found.totals.net == 93303 + 43953 - 12353
    assert found.totals.exempt == 10300


def test_note_that_corrects_text(basic):
    found = content_of(basic, "700100-5")
    assert (found.code, found.totals.total) == (CodRef.CORRECTS_TEXT, 0)
    assert [line.name for line in found.lines] == ["CORRIGE GIRO DEL RECEPTOR"]


def test_partial_return_at_original_prices(basic):
    found = content_of(basic, "700100-6")
    assert found.code is CodRef.CORRECTS_AMOUNTS
    assert [(line.quantity, line.unit_price) for line in found.lines] == [(46, 1115), (33, 893)]
    assert [line.discount.percent for line in found.lines] == [5, 7]


def test_note_that_annuls(basic):
    note, original = content_of(basic, "700100-7"), content_of(basic, "700100-3")
    assert note.code is CodRef.ANNULS
    assert (note.lines, note.totals) == (original.lines, original.totals)


def test_debit_annuls_a_credit_note(basic):
    note, original = content_of(basic, "700100-8"), content_of(basic, "700100-5")
    assert (note.code, note.lines) == (CodRef.ANNULS, original.lines)
    assert note.totals.total == 0


def test_exempt_set(exempt):
    invoice, note = content_of(exempt, "700200-1"), content_of(exempt, "700200-2")
    assert exempt.kind is SetKind.EXEMPT
    assert (invoice.totals.exempt, invoice.lines[0].unit) == (11 * 6120, "Hora")
    assert invoice.lines[0].exempt is None
    assert note.totals.total == note.totals.exempt == 11 * 765
    assert note.lines[0].exempt is IndExe.EXEMPT
    assert content_of(exempt, "700200-8").totals.total == 10500


def test_boletas(boletas):
    assert {case.kind for case in boletas.cases} == {TipoDte.BOLETA}
    mixed = content_of(boletas, "4")
    assert (mixed.totals.net, mixed.totals.exempt, mixed.totals.total) == (11042, 3900, 17040)
    assert [line.unit for line in content_of(boletas, "5").lines] == ["Kg"]


def test_set_reference_comes_first(basic, boletas):
    document = document_of(basic, basic.case("700100-6"), folio=77)
    assert document.references[0] == Reference("SET", "77", ISSUED_ON, reason="CASO 700100-6")
    assert [each.document_type for each in document.references] == ["SET", "33"]
    assert set_reference(boletas, boletas.cases[1], 5, ISSUED_ON) == Reference(
        label="SET", reason="CASO-2"
    )


def test_every_case_is_legal(basic, exempt, boletas):
    for test_set in (basic, exempt, boletas):
        for case in test_set.cases:
            assert not rules.check(document_of(test_set, case)), case.name


def test_purchases():
    found = read(text_of("invoices")).sets[2]
    assert [each.kind for each in found.purchases] == [30, 33, 30, 60, 33, 46]
    assert [(each.exempt, each.affected) for each in found.purchases][:2] == [
        (0, 41350),
        (9120, 14270),
    ]
    assert found.factor == Decimal("0.55")


@pytest.mark.parametrize("name", ["invoices", "boletas", "exempt"])
def test_cut_anywhere_is_never_misread(name):
    """A file cut after any line is refused, or has in its sets what the whole one has."""
    whole = read(text_of(name)).sets
    lines = text_of(name).splitlines(keepends=True)
    for end in range(len(lines)):
        try:
            cut = read(b"".join(lines[:end])).sets
        except CertificationSetProblem:
            continue
        assert cut == whole[: len(cut)], end


@pytest.mark.parametrize("size", [1, 300, 900, 1700])
def test_cut_within_a_line(size):
    assert problem_of(text_of("invoices")[:size]).startswith("set_")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("FACTURA ELECTRONICA\r\n\r\nITEM", "FACTURA DE ALGO\r\n\r\nITEM", "set_document_unknown"),
        ("DOCUMENTO\tFACTURA ELECTRONICA\r\n\r\n", "", "set_case_without_document"),
        ("CASO  700100-3\r\n", "CASO  700100-9\r\n", "set_case_unexpected"),
        ("CASO  700100-3\r\n", "CASO  700100-2\r\n", "set_case_unexpected"),
        ("A CASO  700100-2", "A CASO  700100-99", "set_reference_unknown"),
        ("A CASO  700100-5", "A CASO  700100-8", "set_reference_unknown"),
        ("RAZON REFERENCIA\tANULA FACTURA", "", "set_note_without_reference"),
        ("    41\t\t    317", "    41", "set_row_unreadable"),
        ("    41\t\t    317", "   -41\t\t    317", "set_row_unreadable"),
        ("    41\t\t    317", "   0\t\t    317", "set_row_unreadable"),
        ("    41\t\t    317", "    41\t\t    317\t\t 5", "set_row_unreadable"),
        ("      9%", "    900%", "set_row_unreadable"),
        ("      5%", "      0%", "set_row_unreadable"),
        ("Tuerca AFECTO", "Tuerca\0AFECTO", "set_not_text"),
        ("DESCUENTO GLOBAL", "RECARGO GLOBAL", "set_row_unreadable"),
        ("FACTURA DE COMPRA ELECTRONICA", "BOLETO DE COMPRA", "set_document_unknown"),
        ("\t\t  12580", "\t\t  gratis", "set_row_unreadable"),
        ("\t\t  12580\r\n", "", "set_incomplete"),
        ("DEL IVA ES DE 0.55", "", "set_factor_missing"),
    ],
)
def test_nonsense(old, new, code):
    assert problem_of(changed("invoices", old, new)) == code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Unidad de medida en Kg", "algo nuevo", "set_observation_unknown"),
        ("El item 2 es un servicio exento", "El item 9 es un servicio exento", None),
        ("CASO-5", "CASO-6", "set_case_unexpected"),
        ("\t13\t\t\t190", "\t13", "set_row_unreadable"),
    ],
)
def test_nonsense_in_boletas(old, new, code):
    assert problem_of(changed("boletas", old, new)) == (code or "set_observation_unknown")


@pytest.mark.parametrize("data", [b"", b"hola", b"\x89PNG\r\n\x1a\n\0\0", b"A" * (MAX_SIZE + 1)])
def test_no_set_at_all(data):
    assert problem_of(data) in ("set_empty", "set_not_text")


def test_same_set_twice():
    assert problem_of(text_of("boletas") * 2) == "set_twice"


def test_note_on_an_item_its_original_has_not():
    data = changed("invoices", "Brocha AFECTO\t\t     46", "Rodillo AFECTO\t\t     46")
    test_set = read(data).sets[0]
    with pytest.raises(CertificationSetProblem, match="set_item_unknown"):
        content_of(test_set, "700100-6")


def test_note_returns_more_than_was_sold():
    data = changed("invoices", "Brocha AFECTO\t\t     46", "Brocha AFECTO\t\t     460")
    with pytest.raises(CertificationSetProblem, match="set_row_unreadable"):
        content_of(read(data).sets[0], "700100-6")


HEADING = "SET LIBRO DE VENTAS - NUMERO DE ATENCION: {}"


def test_an_attention_number_of_ten_digits_is_kept():
    [found] = read(HEADING.format("4812345678").encode()).sets
    assert found.attention == 4812345678


@pytest.mark.parametrize("number", ["9" * 13, "9" * 5000, "abc", "", "-1", "1.5", "１２"])
def test_what_is_no_attention_number_is_refused_with_its_line(number):
    data = f"\n{HEADING.format(number)}"
    with pytest.raises(CertificationSetProblem) as caught:
        read(data.encode())
    assert caught.value.data["line"] == 2
    expected = "set_too_long" if len(number) > MAX_LINE else "set_attention_unreadable"
    assert caught.value.code == expected


@pytest.mark.parametrize(
    "line",
    [
        "SET" + " " * 400_000,
        "SET " + "a " * 200_000 + "- NUMERO DE ATENCION",
        "SET x" + " -" * 200_000,
        "CASO " + "9" * 400_000,
        "CASO 1-1\nREFERENCIA " + "a " * 200_000,
        "CASO 1-1\nDOCUMENTO FACTURA ELECTRONICA\nITEM CANTIDAD UNITARIO\n" + "a  1  1\n" * 60_000,
        "\n" * 499_000,
        "SET " * 120_000,
    ],
    ids=lambda line: line[:20],
)
def test_a_set_file_costs_no_more_than_its_length(line):
    started = time.process_time()
    problem_of(line.encode())
    assert time.process_time() - started < 1
