"""Genuine documents parse and verify as samples/README.md states; the bad ones are refused."""

from dataclasses import replace

import documents
import pytest

from sii import rules
from sii.codes import TipoDte
from sii.document import amounts
from sii.dte.caf import AUTHORITIES, read_authorisation
from sii.received import document as received
from sii.xml import reader

# file: kind, folio, total, scope of the signature, codes of what is wrong with it
DOCUMENTS = {
    "dte/33-76354771-K-170-as-received.xml": (33, 170, 2996301, "D", []),
    "dte/33-76354771-K-170.xml": (33, 170, 2996301, "D", []),
    "dte/33-60910000-1-2336600.xml": (33, 2336600, 10642, "N", []),
    "dte/33-76269769-6-101.xml": (33, 101, 20620, "N", []),
    "dte/33-76269769-6-4660-fuel-tax.xml": (33, 4660, 1990, "N", []),
    "dte/34-60910000-1-1055345.xml": (34, 1055345, 19980, "N", []),
    "dte/39-76269769-6-1.xml": (39, 1, 990, "N", ["caf_signature_invalid"]),
    "dte/41-76269769-6-622.xml": (41, 622, 990, "N", []),
    "dte/52-76269769-6-15480.xml": (52, 15480, 14280000, "N", []),
    "dte/61-60910000-1-83894.xml": (61, 83894, 46000, "N", []),
    "dte/61-76269769-6-279-amounts.xml": (61, 279, 119, "N", []),
    "dte/110-76269769-6-577-hotel.xml": (110, 577, 136, "N", []),
    "envelopes/EnvioDTE-33.xml": (33, 13, 1188861, "D", []),
    "envelopes/EnvioDTE-F60T33-official.xml": (33, 60, 119000, "N", ["certificate_of_other_key"]),
    "envelopes/EnvioBOLETA-39.xml": (39, 1, 990, "N", ["caf_signature_invalid"]),
    "aec/AEC-33-25568-seq-1.xml": (33, 25568, 230992, "D", []),
    "bad/33-amount-changed.xml": (
        33,
        170,
        2995230,
        None,
        ["digest_differs", "ted_signature_invalid"],
    ),
    "bad/33-certificate-replaced.xml": (33, 170, 2996301, None, ["signature_invalid"]),
    "bad/33-signature-removed.xml": (33, 170, 2996301, None, ["signature_missing"]),
}
# A boleta has a schema only inside its envelope; AECs are left to their own tests.
JUDGED = [name for name in DOCUMENTS if not name.startswith(("aec/", "dte/39", "dte/41"))]
NOT_VALID = {"bad/33-signature-removed.xml"}


def test_no_sample_is_forgotten(reference):
    folders = ("dte", "envelopes", "aec", "bad")
    samples = reference / "samples"
    found = {f"{name}/{file.name}" for name in folders for file in (samples / name).glob("*.xml")}
    assert found == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_read_and_verify(reference, name):
    (dte,) = received.read((reference / "samples" / name).read_bytes())
    codes = [problem.code for problem in dte.authenticity.problems]
    shown = (dte.kind, dte.folio, dte.totals.total, dte.authenticity.variant, codes)
    assert shown == DOCUMENTS[name]
    assert dte.is_genuine is not bool(codes)
    assert dte.sums is None
    assert dte.issuer_name
    assert dte.lines


@pytest.mark.parametrize("name", JUDGED)
def test_documents_are_judged_by_the_official_schemas(reference, official, name):
    data = (reference / "samples" / name).read_bytes()
    root = reader.parse(data)
    if root.tag == "DTE":  # lone files lack the namespace that their envelope declared
        data = data.replace(b"<DTE ", b'<DTE xmlns="http://www.sii.cl/SiiDte" ', 1)
    assert bool(official.validate(data)) is (name in NOT_VALID)


def test_a_factura_is_read_to_the_last_field(reference):
    data = (reference / "samples/dte/33-60910000-1-2336600.xml").read_bytes()
    (dte,) = received.read(data)
    assert dte.xml.startswith(b'<?xml version="1.0" encoding="windows-1252"?>\n<DTE version="1.0">')
    assert dte.issuer_rut == "60910000-1"
    assert dte.totals.net + dte.totals.vat == dte.totals.total
    assert sum(line.amount for line in dte.lines) == dte.totals.net


def test_a_note_states_what_it_changes(reference):
    data = (reference / "samples/dte/61-60910000-1-83894.xml").read_bytes()
    (dte,) = received.read(data)
    (citation,) = dte.references
    assert (citation.document_type, citation.code) == ("34", 1)


@pytest.mark.parametrize("kind", [33, 39, 52, 61])
def test_cafs_of_the_certification_environment(reference, kind):
    data = (reference / f"samples/caf/CAF-{kind}-76235291-5.xml").read_bytes()
    granted = read_authorisation(data.decode("iso-8859-1"), AUTHORITIES)
    assert (granted.kind, granted.issuer_rut, granted.idk) == (kind, "76235291-5", 100)
    assert "Ñ" in granted.issuer_name.upper()


GENUINE = [
    name
    for name, (kind, *_others, problems) in DOCUMENTS.items()
    if kind in documents.ALL and not problems
]


@pytest.mark.parametrize("name", GENUINE)
def test_genuine_amounts_and_references_keep_our_rules(reference, name):
    """What the SII took from others we would emit, and from the lines come to the same totals."""
    (dte,) = received.read((reference / "samples" / name).read_bytes())
    parts = (TipoDte(dte.kind), dte.lines, dte.adjustments)
    ours = amounts.totals(*parts, gross=dte.gross)
    for name in ("net", "exempt", "vat", "total"):  # some write a 0 where we write nothing
        assert (getattr(ours, name) or 0) == (getattr(dte.totals, name) or 0)
    assert ours.taxes == dte.totals.taxes
    document = replace(
        documents.ALL[dte.kind](),
        issued_on=dte.issued_on,
        due_on=None,
        lines=dte.lines,
        adjustments=dte.adjustments,
        references=dte.references,
        gross=dte.gross,
        totals=dte.totals,
    )
    assert rules.check(document) == []
