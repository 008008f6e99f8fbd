"""Files whose bytes are in another encoding than they declare: the signature shows which."""

import base64
from dataclasses import replace
from datetime import datetime

import documents
import pytest
from lxml import etree

from sii.clock import CHILE
from sii.dte import issue as dte
from sii.dte import ted
from sii.errors import SignatureProblem, UnsafeXml
from sii.exchange import envelope as exchange_received
from sii.exchange import our_answers as exchange
from sii.exchange import their_answers as exchange_answers
from sii.received import document as received
from sii.received import encoded_twice
from sii.received import file as received_file
from sii.signature import xmldsig
from sii.xml import factura, reader

DECLARED = b'encoding="ISO-8859-1"'


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    return dte.issue(documents.factura(), 7, cafs[33], signer, moment).xml


def _as(xml, declared, encoding):
    """The document in an encoding, and another one in its declaration."""
    return xml.replace(DECLARED, declared).decode("iso-8859-1").encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize(
    "declared",
    [
        b'encoding="ISO-8859-1"',
        b"encoding='iso-8859-1'",
        b'encoding="UTF-8"',
        b'encoding="utf-8" standalone="no"',
        b'encoding="windows-1252"',
        b'encoding="US-ASCII"',
        b"",
    ],
)
def test_any_declared_encoding_is_read(declared, encoding, issued, authorities):
    [found] = received.read(_as(issued, declared, encoding), authorities)
    assert found.is_genuine, found.authenticity.problems
    assert found.issuer_name == documents.ISSUER.name
    # what is kept is read in the same way ever after
    [again] = received.read(found.xml, authorities)
    assert (again.is_genuine, again.xml) == (True, found.xml)
    [part] = received_file.parts(_as(issued, declared, encoding), "a.xml", authorities)
    assert part.documents[0].document.is_genuine


def test_documents_of_two_encodings_in_one_envelope(issued, authorities):
    one = issued[issued.index(b"<DTE") :]
    other = one.decode("iso-8859-1").encode()
    envelope = b'<?xml version="1.0" encoding="ISO-8859-1"?><EnvioDTE>' + one + other
    found = received.read(envelope + b"</EnvioDTE>", authorities)
    assert [each.is_genuine for each in found] == [True, True]


def test_what_was_altered_is_in_no_encoding(issued, authorities):
    altered = _as(issued, DECLARED, "utf-8").replace(b"<MntTotal>", b"<MntTotal>1")
    [found] = received.read(altered, authorities)
    assert found.authenticity.signature.code == "digest_differs"


def test_letters_that_would_be_others_stay_as_they_were_signed(cafs, signer, moment, authorities):
    odd = documents.factura()
    odd = replace(odd, issuer=replace(odd.issuer, name="CaÃ±erÃ³as"))
    xml = dte.issue(odd, 7, cafs[33], signer, moment).xml
    [found] = received.read(xml, authorities)
    assert (found.is_genuine, found.issuer_name) == (True, "CaÃ±erÃ³as")


def test_answers_too(issued, signer, authorities):
    [document] = received.read(issued, authorities)
    envelope = exchange_received.single(document, "envio.xml", "", "", accepted=True)
    answerer = exchange.Answerer(rut="96790240-3", address="Ñuñoa 55")
    answer = exchange.receipts(envelope, answerer, signer, datetime(2026, 3, 10, tzinfo=CHILE))
    found = exchange_answers.read(answer).answers
    assert found[0].text.endswith("Ñuñoa 55")
    written = answer.decode("iso-8859-1").encode()
    assert exchange_answers.read(written).answers == found
    with pytest.raises(SignatureProblem):
        exchange_answers.read(written.replace(b"<Folio>7", b"<Folio>8"))


@pytest.mark.parametrize("encoding", ["us-ascii", "utf-8", "iso-8859-1"])
def test_read_and_written_again(encoding, cafs, signer, moment, authorities):
    """Quotes and letters become entities, or stop being some, in the stamp too."""
    first, *others = documents.factura().lines
    line = replace(first, name='Cañería "1/2" O\'Higgins & <x>')
    odd = replace(documents.factura(), lines=(line, *others))
    xml = dte.issue(odd, 7, cafs[33], signer, moment).xml
    again = etree.tostring(etree.fromstring(xml), encoding=encoding, xml_declaration=True)
    assert again != xml
    [found] = received.read(again, authorities)
    assert found.is_genuine, found.authenticity.problems
    [altered] = received.read(again.replace(b"O'Higgins", b"O'Higginz"), authorities)
    assert altered.authenticity.stamp and altered.authenticity.signature


def test_two_bytes_a_letter_are_named(issued):
    with pytest.raises(UnsafeXml) as raised:
        received.read(issued.decode("iso-8859-1").encode("utf-16"))
    assert raised.value.data == {"declared": "UTF-16"}


def test_base64_over_base64(issued, authorities):
    for wrapped in (base64.b64encode(issued), base64.encodebytes(issued)):
        assert encoded_twice.unwrapped(wrapped) == issued
        [part] = received_file.parts(wrapped, "a.xml", authorities)
        assert part.documents[0].document.is_genuine
    for other in (issued, b"", b"hola", base64.b64encode(b"hola"), b"\0" * 5_000):
        assert encoded_twice.unwrapped(other) == other


@pytest.mark.parametrize(("stamped", "stated"), [("k", "K"), ("K", "k"), ("k", "k"), ("K", "K")])
def test_k_and_k_are_one_check_digit(stamped, stated, cafs, signer, moment, authorities):
    document = documents.factura()
    text = factura.build(document, 7, ted.stamp(document, 7, cafs[33], moment), moment)
    head, _ted, rest = text.partition("<TED")
    stamp, _end, tail = rest.partition("</TED>")
    dd = stamp[stamp.index("<DD>") : stamp.rindex("</DD>") + 5]
    dd = dd.replace(document.receiver.rut, f"60803000-{stamped}")
    frmt = cafs[33].sign(dd.encode("iso-8859-1"))
    own = f'<TED version="1.0">{dd}<FRMT algoritmo="SHA1withRSA">{frmt}</FRMT></TED>'
    written = head.replace(document.receiver.rut, f"60803000-{stated}") + own + tail
    xml = xmldsig.sign(written, factura.document_id(document, 7), signer).xml
    [found] = received.read(xml, authorities)
    assert found.is_genuine, found.authenticity.problems


def test_where_another_encoding_makes_a_difference():
    assert reader.in_other_encoding(b"<a/>") is None
    assert reader.in_other_encoding("<a>é</a>".encode("iso-8859-1")) is None
    assert reader.in_other_encoding("<a>é</a>".encode()) is not None
