"""The invoice object: what programs send and read of a document of the register."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sii import kinds
from sii.errors import RcvProblem
from sii.register import invoice_object as rcv_object

SAMPLE = json.loads((Path(__file__).parents[1] / "invoice_object.json").read_text())
SERVICES = {
    "is_professional_society": True,
    "is_third_party": False,
    "issued_at": "2021-06-25T13:00:00.000Z",
    "issuer_withheld_amount": 0,
    "receiver_withheld_amount": 1150,
    "status": "VIG",
}


def sample_with(**values):
    """The sample with other values at its top."""
    return deepcopy(SAMPLE) | values


def inside(**values):
    """The sample with other values inside ``institution_invoice``."""
    data = sample_with()
    data["institution_invoice"] |= values
    return data


def again(data):
    """What is written of an object that was read."""
    row = rcv_object.read(data)
    return rcv_object.write(row, row.provider_id)


def test_the_documentations_sample_comes_back_unchanged():
    row = rcv_object.read(SAMPLE)
    assert rcv_object.write(row, row.provider_id) == SAMPLE
    assert list(rcv_object.write(row, row.provider_id)) == list(SAMPLE)
    assert row.identity == "received|34|135|11111111-1"
    assert row.unknown == {}


def test_both_spellings_are_read_and_the_samples_is_written():
    data = inside(vat_commissions=19)
    del data["institution_invoice"]["vat_commisions"]
    taxes = data["institution_invoice"]["other_taxes"]
    taxes["other_taxes_details"] = taxes.pop("other_taxes_detail")
    assert again(data) == inside(vat_commisions=19)


def test_what_the_registers_files_leave_empty_is_zero():
    """As in the sample, of all lists; what a provider sends as null stays null."""
    for issue_type in ("issued", "received"):
        row = rcv_object.Row(issue_type, 33, "1", date(2026, 11, 1), "2026-11")
        written = rcv_object.write(row, "x")["institution_invoice"]
        sample = SAMPLE["institution_invoice"]
        zeros = {name for name, value in sample.items() if value == 0 and value is not False}
        assert {name: written[name] for name in zeros} == dict.fromkeys(zeros, 0)
        assert written["tobacco"] == sample["tobacco"]
        assert written["other_taxes"] == {"other_taxes_detail": [], "total_amount": 0}
        nulls = {name for name, value in sample.items() if value is None}
        assert {name: written[name] for name in nulls} == dict.fromkeys(nulls)
        both = rcv_object.with_both_spellings({"institution_invoice": dict(written)})
        both = both["institution_invoice"]
        assert both["vat_commissions"] == both["vat_commisions"]
        assert both["other_taxes"]["other_taxes_details"] == []
    null = again(inside(own_vat=None, tobacco=None, other_taxes=None))["institution_invoice"]
    assert (null["own_vat"], null["tobacco"], null["other_taxes"]) == (None, None, None)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2021-06-25T04:00:00.000Z", date(2021, 6, 25)),  # winter: UTC-4
        ("2021-06-25T03:59:59.000Z", date(2021, 6, 24)),
        ("2021-01-15T03:00:00.000Z", date(2021, 1, 15)),  # summer: UTC-3
        ("2021-01-15T02:59:59.000Z", date(2021, 1, 14)),
        ("2021-06-25", date(2021, 6, 25)),
        ("20210625", date(2021, 6, 25)),
        ("2021-06-25 00:00:00", date(2021, 6, 25)),
        ("2021-06-25T00:00:00-04:00", date(2021, 6, 25)),
    ],
)
def test_the_date_is_the_day_in_chile(moment, day):
    assert rcv_object.read(sample_with(date=moment)).date == day


@pytest.mark.parametrize("type_", kinds.codes(summed=True))
def test_a_summary_line_is_known_by_its_month_not_by_a_folio(type_):
    data = inside(document_type=type_, total_documents=7)
    data |= {"issuer": None, "issue_type": "issued", "number": "0"}
    row = rcv_object.read(data)
    assert row.is_summary
    assert row.identity == rcv_object.read(data | {"number": "1"}).identity
    assert row.identity != rcv_object.read(data | {"tax_period": "07/2021"}).identity
    assert again(data)["receiver"] is None


def test_a_boleta_listed_one_by_one_is_no_summary():
    data = inside(document_type=39) | {"issue_type": "issued", "issuer": None}
    data["receiver"] = {"id": "666666666", "name": "", "institution_tax_payer": None}
    assert rcv_object.read(data).identity == "issued|39|135|66666666-6"


def test_a_fee_receipt_has_no_type_and_a_state():
    data = inside(document_type=None, is_services_invoice=True, services_invoice=SERVICES)
    row = rcv_object.read(data)
    assert row.identity == "received|BHE|135|11111111-1"
    assert row.detail["services_issued_at"] == datetime(2021, 6, 25, 13, tzinfo=UTC)
    assert again(data) == data


def test_fee_receipts_for_third_parties_are_numbered_apart():
    services = SERVICES | {"is_third_party": True}
    data = inside(document_type=None, is_services_invoice=True, services_invoice=services)
    assert rcv_object.read(data).identity == "received|BTE|135|11111111-1"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("document_type", "ZZ", "ZZ"),
        ("invoice_status", "observed", "observed"),
        ("confirmation_status", "X", "X"),
        ("transaction_category", "Una nueva", "Una nueva"),
        ("vat_amount", "12,5", "12,5"),
        ("vat_amount", 12.5, "12.5"),
        ("vat_amount", 2**53, str(2**53)),
        ("vat_amount", True, "true"),
        ("accepted_at", "ayer", "ayer"),
        ("has_note", "NCE", "NCE"),
        ("other_taxes", [1], "[1]"),
        ("tobacco", "mucho", "mucho"),
    ],
)
def test_a_value_that_fits_nothing_is_kept_as_text(name, value, kept):
    row = rcv_object.read(inside(**{name: value}))
    assert row.unknown == {name: kept}


def test_kept_texts_are_written_where_they_were_read():
    data = inside(document_type="ZZ", vat_amount="12,5", confirmation_status="X")
    assert again(data) == data
    assert again(sample_with(tax_period="2021"))["tax_period"] == "2021"


@pytest.mark.parametrize(
    ("spelt", "written"),
    [
        ("Money order", "Del Giro"),
        ("del giro", "Del Giro"),
        ("Supermarket", "Supermercado"),
        ("Supermercados", "Supermercado"),
        ("Real estate", "Bien Raíz"),
        ("Bienes Raíces", "Bien Raíz"),
        ("Fixed asset", "Activo Fijo"),
        ("Common use VAT", "IVA Uso Común"),
        ("IVA Uso Comun", "IVA Uso Común"),
        ("Non-refundable VAT", "IVA no Recuperable"),
        ("Do not include", "No Corresponde Incluir"),
    ],
)
def test_categories_are_read_in_both_vocabularies(spelt, written):
    category = again(inside(transaction_category=spelt))["institution_invoice"]
    assert category["transaction_category"] == written


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("111111111", "11111111-1"),
        ("60.803.000-k", "60803000-K"),
        ("76123456-7", "76123456-7"),  # wrong check digit: it is the register's
        ("DE 812-345", "DE 812-345"),
    ],
)
def test_the_other_side_is_known_by_its_rut(given, kept):
    party = {"id": given, "name": "X", "institution_tax_payer": None}
    assert rcv_object.read(sample_with(issuer=party)).counterpart.rut == kept


def test_unknown_keys_are_ignored():
    assert again(inside(tomorrow="?") | {"more": {}}) == SAMPLE


@pytest.mark.parametrize(
    "data", [None, [], "inv", 3, {}, sample_with(issue_type="x"), sample_with(issue_type=1)]
)
def test_what_is_no_invoice_object_is_refused(data):
    with pytest.raises(RcvProblem):
        rcv_object.read(data)


def test_hostile_text_becomes_what_a_database_keeps():
    party = {"id": "\0", "name": "a\0\ud800b", "institution_tax_payer": {"x\0": ["\0"]}}
    row = rcv_object.read(sample_with(issuer=party, id="i\0", number="9\0", tax_period="\0" * 9))
    assert row.counterpart.name == "a?b"
    kept = [row.counterpart.rut, row.counterpart.institution_tax_payer, row.number, row.unknown]
    assert "\\u0000" not in json.dumps([*kept, row.provider_id])
    with pytest.raises(RcvProblem):
        rcv_object.read(sample_with(number="9" * 65))


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2021-13-01"]
)
def test_dates_beyond_the_calendar_are_kept_as_text(date):
    row = rcv_object.read(sample_with(date=date))
    assert row.date is None
    assert again(sample_with(date=date))["date"] == date
