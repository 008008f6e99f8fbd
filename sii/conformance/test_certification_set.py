"""The SII's own set files: their cases come out with the totals that were accepted."""

import json

import pytest
from set_documents import document_of

from sii import rules
from sii.books.books import BookCover, Operation, seal_book
from sii.books.rows import purchase_rows
from sii.certification.content import content
from sii.certification.file import read
from sii.certification.sets import SetKind

BASIC = [f"414175-{number}" for number in range(1, 9)]
BOLETAS = [f"CASO-{number}" for number in range(1, 6)]


@pytest.fixture(scope="module")
def expected(reference):
    folder = reference / "samples/sets"
    return {
        case: values
        for name in ("expected-414175", "expected-BE")
        for case, values in json.loads((folder / f"{name}.json").read_text())["cases"].items()
    }


@pytest.fixture(scope="module")
def sets(reference):
    folder = reference / "samples/sets"
    return {
        each.kind: each
        for name in ("BASICO-414175", "BOLETA-BE", "LIBRO-COMPRAS-414177", "LIBRO-VENTAS-414176")
        for each in read((folder / f"SET-{name}.txt").read_bytes()).sets
    }


@pytest.fixture
def test_set(sets, name):
    return sets[SetKind.BOLETA if name in BOLETAS else SetKind.BASIC]


@pytest.fixture
def case(test_set, name):
    return test_set.case(name.removeprefix("CASO-"))


@pytest.mark.parametrize("name", BASIC + BOLETAS)
def test_totals(test_set, case, expected, name):
    totals = content(test_set, case).totals
    assert {
        "MntNeto": totals.net or 0,
        "MntExe": totals.exempt or 0,
        "IVA": totals.vat or 0,
        "MntTotal": totals.total,
    } == expected[name]["expected"]


@pytest.mark.parametrize("name", BASIC + BOLETAS)
def test_lines(test_set, case, expected, name):
    values = expected[name]
    lines = content(test_set, case).lines
    if not values["lines"]:
        assert [line.amount for line in lines] == [0]
        return
    assert [
        (line.name, line.quantity, line.unit_price, bool(line.exempt), line.amount, line.unit)
        for line in lines
    ] == [
        (
            each["name"],
            each["quantity"],
            each["price"],
            each.get("exempt", False),
            each["amount"],
            values.get("unit", ""),
        )
        for each in values["lines"]
    ]
    percents = [line.discount.percent if line.discount else None for line in lines]
    assert percents == [each.get("discount_pct") for each in values["lines"]]


@pytest.mark.parametrize("name", BASIC + BOLETAS)
def test_document_is_legal(test_set, case, name):
    assert not rules.check(document_of(test_set, case))


def test_no_case_is_forgotten(sets, expected):
    assert set(BASIC + BOLETAS) == set(expected)
    assert [len(sets[kind].cases) for kind in (SetKind.BASIC, SetKind.BOLETA)] == [8, 5]


def test_books(sets):
    assert sets[SetKind.SALES_BOOK].attention == 414176
    assert len(sets[SetKind.PURCHASE_BOOK].purchases) == 7


def test_purchase_book_against_the_official_schema(sets, official, signer, moment):
    test_set = sets[SetKind.PURCHASE_BOOK]
    rows = purchase_rows(test_set, "78885550-8", "Proveedora del Sur Ltda.", moment.date())
    cover = BookCover(
        operation=Operation.PURCHASES,
        issuer_rut="76086428-5",
        sender_rut="12345678-5",
        resolution_date=moment.date(),
        resolution_number=0,
        period=moment.date(),
        notification=2,
    )
    seal_book(cover, rows, signer, moment, test_set.factor, official)
