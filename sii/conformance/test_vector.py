"""The stamp that the SII's own manual prints, made again to the byte (PROTOCOL 6.2)."""

import hashlib
import json
from dataclasses import fields, replace
from datetime import date, datetime

import documents
import keys
import pytest

from sii.clock import CHILE
from sii.document import Line, Receiver, Totals
from sii.dte import caf, ted
from sii.signature import rsa_sha1


@pytest.fixture(scope="session")
def vector(reference):
    return json.loads((reference / "vectors/ted_caf_vector.json").read_text())


@pytest.fixture
def authorisation(vector):
    return caf.read_authorisation(vector["dd_text"])


def test_the_sii_signed_its_caf(vector, authorisation):
    assert (authorisation.idk, authorisation.first, authorisation.last) == (100, 1, 200)
    assert authorisation.flat in vector["dd_text"]
    assert f"{caf.AUTHORITIES[100].n:X}" == vector["sii_public_modulus_hex"]
    assert f"{caf.AUTHORITIES[300].n:X}" == vector["sii_public_modulus_hex_idk300"]


def test_the_printed_stamp_verifies(vector):
    frmt = f'<FRMT algoritmo="SHA1withRSA">{vector["frmt_b64"]}</FRMT>'
    ted.verify(f'<TED version="1.0">{vector["dd_text"]}{frmt}</TED>')


def test_our_stamp_of_that_document_is_the_same_to_the_byte(vector, authorisation):
    """The manual keeps the key to itself; its signature must hold for the bytes we would sign."""
    document = replace(
        documents.factura(),
        issued_on=date(2003, 9, 8),
        issuer=replace(documents.ISSUER, rut="97975000-5"),
        receiver=Receiver(rut="8414240-9", name="JORGE GONZALEZ LTDA"),
        lines=(Line(name="Cajon AFECTO", amount=502946),),
        totals=Totals(total=502946),
    )
    known = {field.name: getattr(authorisation, field.name) for field in fields(authorisation)}
    ours = caf.Caf(**known, _key=keys.small_key(3))
    stamp = ted.stamp(document, 27, ours, datetime(2003, 9, 8, 12, 28, 31, tzinfo=CHILE))
    dd = stamp[stamp.index("<DD>") : stamp.index("<FRMT")]
    assert dd == vector["dd_text"]
    data = dd.encode("iso-8859-1")
    assert hashlib.sha1(data).hexdigest() == vector["dd_sha1"]
    assert rsa_sha1.is_signed(authorisation.public_numbers, data, vector["frmt_b64"])
