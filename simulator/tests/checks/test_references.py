"""Notes: what they refer to, what they do to it, and what the SII answers."""

from datetime import date

import pytest
from conftest import HOUR
from taxpayer import RECEIVER, drop, reference, swap


@pytest.fixture
def today(taxpayer):
    return taxpayer.now().date()


def test_credit_note_annuls_an_invoice_of_the_same_envelope(taxpayer, codes, today):
    note = taxpayer.invoice(type_=61, references=reference(33, 1, 1, today))
    assert codes(taxpayer.invoice(1), note) == ("accepted", [])


def test_note_without_reference(taxpayer, codes):
    assert codes(taxpayer.invoice(type_=61)) == ("rejected", ["REF-3-415"])


def test_order_is_no_reference_for_a_note(taxpayer, codes, today):
    note = taxpayer.invoice(type_=56, references=reference(801, "OC-1", None, today))
    assert codes(note) == ("rejected", ["REF-3-415"])


def test_note_without_code(taxpayer, codes, today):
    note = taxpayer.invoice(type_=61, references=reference(33, 1, None, today))
    assert codes(taxpayer.invoice(1), note) == ("rejected", ["REF-3-758"])


@pytest.mark.parametrize(("code", "expected"), [(1, []), (3, []), (2, ["HED-2-912"])])
def test_a_text_correction_lowers_nothing(taxpayer, codes, today, code, expected):
    def edit(text):
        return swap("</FchEmis>", "</FchEmis><IndNoRebaja>1</IndNoRebaja>")(text)

    total = taxpayer.invoice(type_=61, references=reference(33, 1, code, today), edit=edit)
    verdict, reasons = codes(taxpayer.invoice(1), total)
    assert [each for each in reasons if each == "HED-2-912"] == expected


def test_referenced_document_not_received(taxpayer, codes, today):
    note = taxpayer.invoice(type_=61, references=reference(33, 7, 1, today))
    assert codes(note) == ("rejected", ["REF-3-750"])


def test_referenced_document_rejected(taxpayer, codes, today):
    bad = taxpayer.invoice(1, edit=swap("<Acteco>620100", "<Acteco>1"))
    note = taxpayer.invoice(type_=61, references=reference(33, 1, 1, today))
    assert codes(bad, note) == ("rejected", ["REF-3-750"])


def test_paper_invoice_is_not_looked_up(taxpayer, codes, today):
    note = taxpayer.invoice(type_=61, references=reference(30, 7, 3, today))
    assert codes(note) == ("accepted", [])


def test_annulment_with_another_amount(taxpayer, codes, today):
    bigger = taxpayer.invoice(
        1,
        edit=lambda text: (
            text.replace("25000", "50000")
            .replace("100000", "200000")
            .replace("19000<", "38000<")
            .replace("138000", "238000")
        ),
    )
    note = taxpayer.invoice(type_=61, references=reference(33, 1, 1, today))
    assert codes(bigger, note) == ("objected", ["REF-2-780"])


@pytest.mark.parametrize("code", [1, 2])
def test_annulment_or_text_correction_of_two(taxpayer, codes, today, code):
    references = reference(33, 1, code, today) + reference(33, 2, code, today, line=2)
    note = taxpayer.invoice(type_=61, references=references)
    verdict, reasons = codes(taxpayer.invoice(1), taxpayer.invoice(2), note)
    assert (verdict, reasons[-1]) == ("rejected", "REF-3-901")


@pytest.mark.parametrize("original", [30, 33, 46, 52, 55, 60, 61, 110, 112])
@pytest.mark.parametrize("code", [1, 2, 3])
@pytest.mark.parametrize("note", [56, 61])
def test_which_note_changes_what(taxpayer, codes, today, note, code, original):
    """Guías and exports never; a credit note no credit note; a debit note annuls these alone."""
    credit = original in (60, 61)
    may = original not in (52, 110, 112) and (
        not credit if note == 61 else credit if code == 1 else code == 3
    )
    _verdict, reasons = codes(
        taxpayer.invoice(1),
        taxpayer.invoice(type_=note, references=reference(original, 1, code, today)),
    )
    assert ("REF-3-415" in reasons) is (not may)


@pytest.mark.parametrize("type_", [33, 34, 61])
def test_what_is_cited_is_not_of_before_the_system(taxpayer, codes, type_):
    days = ((date(2002, 8, 1), False), (date(2002, 7, 31), True))
    for folio, (day, expected) in enumerate(days, 1):
        cited = reference(801, "OC-1", None, day, line=2)
        document = taxpayer.invoice(folio, type_=type_, references=cited)
        _verdict, reasons = codes(document)
        assert ("REF-3-904" in reasons) is expected


@pytest.mark.parametrize(
    ("type_", "original", "expected"),
    [(33, None, True), (61, 33, True), (56, 33, True), (61, 39, False), (61, 35, False)],
)
@pytest.mark.parametrize(("tag", "code"), [("DirRecep", "HED-3-845"), ("CmnaRecep", "HED-3-846")])
def test_where_the_receiver_is(taxpayer, codes, today, tag, code, type_, original, expected):
    cited = reference(original, 7, 3, today) if original else ""
    document = taxpayer.invoice(type_=type_, references=cited, edit=drop(tag))
    assert (code in codes(document)[1]) is expected


def test_set_line_beside_the_reference(taxpayer, codes, today):
    references = reference("SET", 1, None, today) + reference(33, 1, 1, today, line=2)
    note = taxpayer.invoice(type_=61, references=references)
    assert codes(taxpayer.invoice(1), note) == ("accepted", [])


@pytest.mark.parametrize(
    ("type_", "code", "estado", "err_code"),
    [
        (61, 1, "ANC", "15"),
        (61, 2, "TMC", "11"),
        (61, 3, "MMC", "13"),
        (56, 3, "MMD", "12"),
    ],
)
def test_state_of_a_changed_document(client, taxpayer, judge, today, type_, code, estado, err_code):
    note = taxpayer.invoice(type_=type_, references=reference(33, 1, code, today))
    judge(taxpayer.envelope(taxpayer.invoice(1), note))
    status = client.document_status(33, 1, f"{today:%d%m%Y}", 119000, RECEIVER)
    assert (status["ESTADO"], status["ERR_CODE"]) == (estado, err_code)


def test_annulled_note_changes_nothing(client, taxpayer, judge, today):
    credit = taxpayer.invoice(type_=61, references=reference(33, 1, 1, today))
    debit = taxpayer.invoice(type_=56, references=reference(61, 1, 1, today))
    judge(taxpayer.envelope(taxpayer.invoice(1), credit, debit))
    day = f"{today:%d%m%Y}"
    assert client.document_status(33, 1, day, 119000, RECEIVER)["ESTADO"] == "DOK"
    assert client.document_status(61, 1, day, 119000, RECEIVER)["ESTADO"] == "AND"


def test_rejected_note_changes_nothing(client, taxpayer, judge, today):
    note = taxpayer.invoice(
        type_=61, references=reference(33, 1, 1, today), edit_signed=swap("Calle 2", "Calle 3")
    )
    judge(taxpayer.envelope(taxpayer.invoice(1), note))
    day = f"{today:%d%m%Y}"
    assert client.document_status(33, 1, day, 119000, RECEIVER)["ESTADO"] == "DOK"
    assert client.document_status(61, 1, day, 119000, RECEIVER)["ESTADO"] == "FAU"


def test_text_correction_note(taxpayer, codes, today):
    def edit(text):
        for tag in ("MntNeto", "TasaIVA", "IVA", "QtyItem", "PrcItem"):
            text = drop(tag)(text)
        text = swap("<MntTotal>119000", "<MntTotal>0")(text)
        return swap("<MontoItem>100000", "<MontoItem>0")(text)

    note = taxpayer.invoice(type_=61, references=reference(33, 1, 2, today), edit=edit)
    assert codes(taxpayer.invoice(1), note) == ("accepted", [])


def test_note_sent_later(sii, taxpayer, codes, today):
    codes(taxpayer.invoice(1))
    sii.move_clock({"advance": HOUR})
    note = taxpayer.invoice(type_=61, references=reference(33, 1, 1, today))
    assert codes(note) == ("accepted", [])
