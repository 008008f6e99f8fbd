"""Books of sales and purchases, judged by the SII's schema and by their sums."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree
from set_documents import document_of

from sii.books.books import BookCover, Operation, seal_book
from sii.books.rows import purchase_rows, sales_rows
from sii.certification.file import read
from sii.errors import CertificateProblem, CertificationSetProblem, InvalidDocument
from sii.received import verification

SETS = read((Path(__file__).parents[1] / "sets/invoices.txt").read_bytes()).sets
COVER = BookCover(
    operation=Operation.PURCHASES,
    issuer_rut="76086428-5",
    sender_rut="12345678-5",
    resolution_date=date(2024, 1, 2),
    resolution_number=0,
    period=date(2026, 3, 1),
    notification=2,
)
DAY = date(2026, 3, 9)


def purchases():
    return purchase_rows(SETS[2], "78885550-8", "Proveedora del Sur Ltda.", DAY)


def texts(xml, path):
    return [found.text for found in etree.fromstring(xml).iterfind(f".//{{*}}{path}")]


def test_purchases(signer, moment):
    xml = seal_book(COVER, purchases(), signer, moment, SETS[2].factor)
    assert verification.verify(xml)
    assert texts(xml, "TotalesPeriodo/{*}TpoDoc") == ["30", "33", "60", "46"]
    assert texts(xml, "TotIVAUsoComun") == ["5189"]
    assert texts(xml, "FctProp") == ["0.55"]
    assert texts(xml, "TotCredIVAUsoComun") == ["2854"]
    assert texts(xml, "IVANoRec/{*}CodIVANoRec") == ["4"]
    assert texts(xml, "OtrosImp/{*}MntImp") == ["2390"]
    assert texts(xml, "TotMntTotal") == ["81706", "39393", "3975", "12580"]


def test_sales(signer, moment):
    documents = [
        (document_of(SETS[0], case, folio=folio), folio)
        for folio, case in enumerate(SETS[0].cases, 1)
    ]
    cover = replace(COVER, operation=Operation.SALES, notification=1)
    xml = seal_book(cover, sales_rows(documents), signer, moment)
    assert verification.verify(xml)
    assert texts(xml, "TotDoc") == ["4", "3", "1"]
    assert texts(xml, "Detalle/{*}NroDoc") == [str(folio) for folio in range(1, 9)]
    totals = [document.totals.total for document, _folio in documents]
    assert texts(xml, "Detalle/{*}MntTotal") == [str(total) for total in totals]
    assert texts(xml, "TotMntTotal")[0] == str(sum(totals[:4]))


def test_total_that_does_not_follow(signer, moment):
    rows = purchases()
    wrong = (replace(rows[0], total=rows[0].total + 1), *rows[1:])
    with pytest.raises(InvalidDocument) as caught:
        seal_book(COVER, wrong, signer, moment, Decimal("0.5"))
    assert [each.code for each in caught.value.problems] == ["book_total_differs"]


def test_common_use_needs_a_factor(signer, moment):
    with pytest.raises(InvalidDocument) as caught:
        seal_book(COVER, purchases(), signer, moment)
    assert [each.code for each in caught.value.problems] == ["book_factor_missing"]


def test_schema_judges(signer, moment):
    with pytest.raises(InvalidDocument) as caught:
        seal_book(replace(COVER, notification=0), purchases(), signer, moment, Decimal("0.5"))
    assert {each.code for each in caught.value.problems} == {"schema_invalid"}


def test_expired_certificate(signer, moment):
    with pytest.raises(CertificateProblem):
        seal_book(COVER, purchases(), signer, moment.replace(year=2019), Decimal("0.5"))


def test_unknown_observation():
    strange = replace(SETS[2].purchases[0], observation="COMPRA MISTERIOSA")
    with pytest.raises(CertificationSetProblem, match="set_observation_unknown"):
        purchase_rows(replace(SETS[2], purchases=(strange,)), "78885550-8", "Sur", DAY)
