"""Document to JSON and back: nothing lost, nothing guessed."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import documents
import pytest
import wide
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sii import kinds
from sii.document import Document, payload
from sii.errors import InvalidDocument

st.register_type_strategy(date, st.dates(date(2000, 1, 1), date(2050, 12, 31)))
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=6))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(replace, st.from_type(Document), kind=st.sampled_from(kinds.codes(issued=True))))
def test_round_trip(document):
    assert payload.load(json.loads(json.dumps(payload.dump(document)))) == document


@pytest.mark.parametrize("name", wide.EXAMPLES)
def test_examples_survive_and_keep_their_decimals(name):
    document = wide.EXAMPLES[name]()
    loaded = payload.load(payload.dump(document))
    assert loaded == document
    assert [str(line.quantity) for line in loaded.lines] == [
        str(line.quantity) for line in document.lines
    ]


NEWER = {
    "": "period_from period_to means terms instalments transport foreign late "
    "note_reason delivered_on returned_on",
    "issuer": "seller",
    "receiver": "phone internal_code",
    "totals": "vat_not_withheld construction_credit deposits not_billable previous_balance payable",
    "lines": "foreign withheld",
    "references": "label",
}


@pytest.mark.parametrize("kind", [33, 34, 56, 61])
def test_snapshots_older_than_a_field_are_read(kind):
    """What version 1 held before it could hold more is on record for six years."""
    document = documents.ALL[kind]()
    snapshot = json.loads(json.dumps(payload.dump(document)))
    for part, fields in NEWER.items():
        values = snapshot["document"][part] if part else snapshot["document"]
        for each in values if isinstance(values, list) else [values]:
            for field in fields.split():
                del each[field]
    assert payload.load(snapshot) == document


def problems_of(change) -> list[tuple[str, str]]:
    snapshot = json.loads(json.dumps(payload.dump(documents.factura())))
    change(snapshot)
    with pytest.raises(InvalidDocument) as raised:
        payload.load(snapshot)
    return [(problem.code, problem.where) for problem in raised.value.problems]


def test_every_wrong_field_is_reported():
    def change(snapshot):
        snapshot["document"]["lines"][1]["amount"] = "mil"
        snapshot["document"]["totals"]["net"] = 25000.5
        snapshot["document"]["issued_on"] = "9 de marzo"
        del snapshot["document"]["receiver"]["rut"]

    assert sorted(problems_of(change)) == [
        ("payload_invalid", "issued_on"),
        ("payload_invalid", "lines[1].amount"),
        ("payload_invalid", "receiver.rut"),
        ("payload_invalid", "totals.net"),
    ]


@pytest.mark.parametrize("version", [None, 0, 2, "1"])
def test_other_versions_are_refused(version):
    assert problems_of(lambda snapshot: snapshot.update(version=version)) == [
        ("payload_version", "")
    ]


def test_unknown_codes_are_refused():
    def change(snapshot):
        snapshot["document"]["kind"] = 35

    assert problems_of(change) == [("payload_invalid", "kind")]


def test_a_snapshot_without_document_is_refused():
    assert problems_of(lambda snapshot: snapshot.pop("document")) == [("payload_invalid", "")]
