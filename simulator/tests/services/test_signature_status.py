"""getEstDteAv: amounts, parties, dates and the very signature that the SII holds."""

import re

import pytest
from conftest import enrol
from taxpayer import ISSUER, RECEIVER


def signature_of(dte: bytes) -> str:
    return re.findall(rb"<SignatureValue>([^<]+)<", dte)[-1].decode()


@pytest.fixture
def held(taxpayer, judge):
    """A document that the SII holds: its day as asked, and its signature."""
    dte = taxpayer.invoice()
    judge(taxpayer.envelope(dte))
    return f"{taxpayer.now():%d%m%Y}", signature_of(dte)


def test_it_holds_this_very_document(client, held):
    day, signature = held
    for value in (signature, "".join(signature.split()), signature.replace("\n", "")):
        answer = client.signature_status(1, day, 119000, RECEIVER, value)
        assert (answer["RECIBIDO"], answer["ESTADO"]) == ("SI", "DOK")
        assert answer["TRACKID"]


def test_what_does_not_coincide(client, held):
    day, signature = held
    forged = ("A" if signature[0] != "A" else "B") + signature[1:]
    for asked in (
        (day, 119000, RECEIVER, forged),
        (day, 119001, RECEIVER, signature),
        ("01012020", 119000, RECEIVER, signature),
        (day, 119000, ISSUER, signature),
    ):
        answer = client.signature_status(1, *asked)
        assert (answer["RECIBIDO"], answer["ESTADO"]) == ("SI", "DNK")


def test_not_there(sii, client, held):
    day, signature = held
    sii.annul_folios({"rut": ISSUER, "type": 33, "first": 9, "last": 9})
    found = {
        folio: client.signature_status(folio, day, 119000, RECEIVER, signature)
        for folio in (8, 9, 99)
    }
    assert [(answer["RECIBIDO"], answer["ESTADO"]) for answer in found.values()] == [
        ("NO", "FAU"),
        ("NO", "FAN"),
        ("NO", "FNA"),
    ]
    enrol(sii, rut="96790240-3")
    other = client.signature_status(1, day, 119000, RECEIVER, signature, issuer="96790240-3")
    assert (other["RECIBIDO"], other["ESTADO"]) == ("NO", "FNA")


def test_invalid_questions(client, held):
    day, _signature = held
    assert client.signature_status(1, day, 119000, RECEIVER, " ")["ESTADO"] == "5"
    client._token = "ABCDEFGHIJKLM"
    assert client.signature_status(1, day, 119000, RECEIVER, "x")["ESTADO"] == "2"


def test_of_an_envelope_with_several(client, taxpayer, judge):
    dtes = [taxpayer.invoice(folio) for folio in (1, 2, 3)]
    judge(taxpayer.envelope(*dtes))
    day = f"{taxpayer.now():%d%m%Y}"
    for folio, dte in enumerate(dtes, start=1):
        answer = client.signature_status(folio, day, 119000, RECEIVER, signature_of(dte))
        assert answer["ESTADO"] == "DOK"
    crossed = client.signature_status(2, day, 119000, RECEIVER, signature_of(dtes[0]))
    assert crossed["ESTADO"] == "DNK"
