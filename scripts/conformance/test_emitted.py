"""What ``make run`` emitted, held against the SII's schemas and verified by others' code."""

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from emitted import (
    NAMESPACES,
    OUT,
    caf_key,
    cut,
    documents,
    flat,
    parse,
    run,
    schema,
    verify_signature,
    verify_text,
)
from lxml import etree
from signxml.exceptions import InvalidDigest

BOLETAS = (39, 41)
EMITTED = documents()
each_document = pytest.mark.parametrize("document", EMITTED, ids=lambda d: f"{d.type}-{d.folio}")


def test_run_json_lists_what_was_emitted():
    listed = run()
    assert listed["database"] == "demo"
    assert listed["login"]
    assert all(listed[url].startswith("http://127.0.0.1:") for url in ("base_url", "simulator_url"))
    assert {33, 39} <= {document.type for document in EMITTED}


@each_document
def test_accepted(document):
    assert document.state == "accepted"
    assert len(document.track_id) == (15 if document.type in BOLETAS else 10)


@each_document
def test_valid_by_the_official_schemas(document):
    if document.type in BOLETAS:  # whose schema knows them in their envelope only
        schema("EnvioBOLETA_v11.xsd").assertValid(etree.fromstring(document.envio))
        return
    schema("DTE_v10.xsd").assertValid(etree.fromstring(document.dte))
    schema("EnvioDTE_v10.xsd").assertValid(etree.fromstring(document.envio))


@each_document
def test_signature_of_the_document_taken_out_alone(document):
    alone = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + cut(document.envio, "DTE")
    signed = verify_signature(alone)
    assert signed.findtext(".//sii:Folio", namespaces=NAMESPACES) == str(document.folio)
    assert cut(document.dte, "DTE") == cut(document.envio, "DTE")


@each_document
def test_signature_of_the_envelope_in_place(document):
    signed = verify_signature(document.envio)
    assert etree.QName(signed).localname == "SetDTE"


@each_document
def test_an_altered_document_does_not_verify(document):
    with pytest.raises(InvalidDigest):
        verify_signature(document.dte.replace(b"<MntTotal>", b"<MntTotal>1", 1))


@each_document
def test_stamp_by_the_key_of_the_caf(document):
    stamp = parse(document.stamp)
    data = flat(cut(document.stamp, "DD"))
    verify_text(caf_key(document.stamp), stamp.findtext("FRMT"), data)
    with pytest.raises(InvalidSignature):
        verify_text(caf_key(document.stamp), stamp.findtext("FRMT"), data + b" ")


@each_document
def test_caf_by_the_key_of_its_authority(document):
    caf = parse(cut(document.stamp, "CAF"))
    public_key = (OUT / "sii_keys" / f"{caf.findtext('DA/IDK')}.cer").read_bytes()
    data = flat(cut(cut(document.stamp, "CAF"), "DA"))
    verify_text(load_pem_public_key(public_key), caf.findtext("FRMA"), data)


@each_document
def test_printed(document):
    assert (OUT / f"dte_{document.type}_{document.folio}.pdf").read_bytes().startswith(b"%PDF-")


def test_no_private_key_is_left():
    cafs = list((OUT / "caf").iterdir())
    assert cafs
    assert not [file for file in OUT.rglob("*.*") if b"PRIVATE KEY" in file.read_bytes()]
    assert not [file for file in cafs if b"RSASK" in file.read_bytes()]
