"""Signatures moved, doubled and filled with what must not be carried out: none verifies."""

import re

import documents
import independent
import keys
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from sii.dte import issue as dte
from sii.errors import SignatureProblem, UnsafeXml
from sii.exchange import their_answers as exchange_answers
from sii.received import document as received
from sii.received import verification

OBJECT = b'<Object xmlns="http://www.w3.org/2000/09/xmldsig#"><Documento ID="F7T33"/></Object>'


@pytest.fixture(scope="module")
def issued(cafs, signer, moment):
    return dte.issue(documents.factura(), 7, cafs[33], signer, moment).xml


def _part(xml: bytes, name: bytes) -> bytes:
    return re.search(rb"<%s[ >].*</%s>" % (name, name), xml, re.DOTALL)[0]


def _evil(xml: bytes) -> bytes:
    """The body as its forger would have it, with an ID of its own."""
    body = _part(xml, b"Documento").replace(b"<MntTotal>34750", b"<MntTotal>1")
    return body.replace(b'ID="F7T33"', b'ID="evil"')


WRAPPINGS = {
    "another body first": lambda x: x.replace(b"<Documento ", _evil(x) + b"<Documento ", 1),
    "another body last": lambda x: x.replace(b"<Signature ", _evil(x) + b"<Signature ", 1),
    "another body of that ID": lambda x: x.replace(
        b"<Signature ", _evil(x).replace(b"evil", b"F7T33") + b"<Signature ", 1
    ),
    "the signed one inside another": lambda x: x.replace(
        _part(x, b"Documento"),
        _evil(x).replace(b"</Documento>", _part(x, b"Documento") + b"</Documento>"),
    ),
    "the signed one in the signature": lambda x: x.replace(
        _part(x, b"Documento"), _evil(x)
    ).replace(b"</Signature>", b"<Object>" + _part(x, b"Documento") + b"</Object></Signature>"),
    "an ID twice, of other names": lambda x: x.replace(
        b"<Encabezado>", b'<Encabezado Id="F7T33">', 1
    ),
    "an object": lambda x: x.replace(b"</Signature>", OBJECT + b"</Signature>"),
    "two signatures": lambda x: x.replace(b"</DTE>", _part(x, b"Signature") + b"</DTE>"),
    "the signature first": lambda x: x.replace(_part(x, b"Signature"), b"").replace(
        b"<Documento ", _part(x, b"Signature") + b"<Documento ", 1
    ),
    "the signature in the body": lambda x: x.replace(_part(x, b"Signature"), b"").replace(
        b"</Documento>", _part(x, b"Signature") + b"</Documento>", 1
    ),
    "two references": lambda x: x.replace(
        b"</SignedInfo>", _part(x, b"Reference") + b"</SignedInfo>"
    ),
    "two SignedInfo": lambda x: x.replace(
        b"<SignedInfo>", _part(x, b"SignedInfo").replace(b"F7T33", b"evil") + b"<SignedInfo>", 1
    ),
    "an empty SignedInfo first": lambda x: x.replace(
        b"<SignedInfo>", b"<SignedInfo></SignedInfo><SignedInfo>", 1
    ),
    "two digests": lambda x: x.replace(
        b"<DigestValue>", b"<DigestValue>AAAA</DigestValue><DigestValue>", 1
    ),
    "two values": lambda x: x.replace(
        b"<SignatureValue>", b"<SignatureValue>AAAA</SignatureValue><SignatureValue>", 1
    ),
    "two keys": lambda x: x.replace(b"</KeyValue>", b"</KeyValue>" + _part(x, b"KeyValue"), 1),
    "too many certificates": lambda x: x.replace(
        b"</X509Data>", _part(x, b"X509Certificate") * 6 + b"</X509Data>", 1
    ),
    "too many certificates in parts": lambda x: x.replace(
        b"</KeyInfo>",
        (b"<X509Data>" + _part(x, b"X509Certificate") * 3 + b"</X509Data>") * 3 + b"</KeyInfo>",
        1,
    ),
    "an object among the certificates": lambda x: x.replace(
        b"</X509Data>", OBJECT + b"</X509Data>", 1
    ),
    "nothing referred to": lambda x: x.replace(b'URI="#F7T33"', b'URI=""', 1),
    "something elsewhere": lambda x: x.replace(b'URI="#F7T33"', b'URI="http://127.0.0.1/"', 1),
    "a file": lambda x: x.replace(b'URI="#F7T33"', b'URI="file:///etc/passwd"', 1),
    "no reference": lambda x: x.replace(b' URI="#F7T33"', b"", 1),
    "a transform that filters": lambda x: x.replace(
        b"<Transform Algorithm=",
        b'<Transform Algorithm="http://www.w3.org/TR/1999/'
        b'REC-xpath-19991116"><XPath>false()</XPath></Transform><Transform Algorithm=',
        1,
    ),
    "many transforms": lambda x: x.replace(
        b"<Transforms>", b"<Transforms>" + b"<Transform/>" * 10, 1
    ),
    "an instruction in the root": lambda x: x.replace(b"<Signature ", b"<?a b?><Signature ", 1),
    "another namespace": lambda x: x.replace(b"2000/09/xmldsig#", b"2000/09/xmldsig", 1),
}


@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS)
def test_no_signature_is_borrowed(wrap, issued, authorities):
    forged = wrap(issued)
    assert forged != issued
    with pytest.raises((SignatureProblem, UnsafeXml)):
        verification.verify(forged)
    try:
        found = received.read(forged, authorities)
    except UnsafeXml:
        return
    assert not any(each.is_genuine for each in found)


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [
        (1, 65537),
        (3, 3),
        (2**511 + 1, 65537),
        (2**1023 + 1, 1),
        (2**1023, 65537),
        (2**1023 + 1, 2),
        (2**1023 + 1, 2**33 + 1),
        (2**16383 + 1, 65537),
    ],
    ids=lambda number: str(number.bit_length()),
)
def test_unfit_keys_prove_nothing(modulus, exponent, issued):
    forged = re.sub(
        rb"<Modulus>[^<]*</Modulus>\s*<Exponent>[^<]*</Exponent>",
        f"<Modulus>{keys.number_base64(modulus)}</Modulus>"
        f"<Exponent>{keys.number_base64(exponent)}</Exponent>".encode(),
        issued,
    )
    with pytest.raises(SignatureProblem, match="signature_key_unfit"):
        verification.verify(forged)


def test_a_certificate_of_a_small_key(issued):
    small = keys.certificate(key=rsa.generate_private_key(3, 1024))
    der = small.certificate.public_bytes(independent.DER)
    assert verification._certificate_key(der) is not None
    assert verification._certificate_key(b"0" * 2000) is None


@pytest.mark.parametrize("value", [b"!", b"=", b"A", b"\xf1", b"A" * 25_000, b""])
@pytest.mark.parametrize("tag", [b"Modulus", b"Exponent", b"X509Certificate", b"SignatureValue"])
def test_what_is_no_base64(tag, value, issued):
    forged = re.sub(rb"<%s>[^<]*<" % tag, b"<" + tag + b">" + value + b"<", issued)
    try:
        verdict = verification.verify(forged)
    except SignatureProblem:
        return
    # without a certificate the key still signed; whose it is, is not stated
    assert tag == b"X509Certificate"
    assert not verdict.key_matches


RELATIVE = [b'xmlns:q="u"', b'xmlns:q="../u"', b'xmlns:q="#u"', b'xmlns:q="?"']


@pytest.mark.parametrize("namespace", RELATIVE)
@pytest.mark.parametrize("place", [b"<DTE ", b"<Documento ", b"<Encabezado", b"<SignedInfo"])
def test_a_namespace_that_is_no_address(namespace, place, issued, authorities):
    forged = issued.replace(place, place.strip() + b" " + namespace + b" ", 1)
    for found in received.read(forged, authorities):
        assert found.authenticity.signature.code in ("signature_malformed", "digest_differs")


@pytest.mark.parametrize("namespace", RELATIVE)
def test_a_namespace_that_is_no_address_in_an_answer(namespace, issued):
    answer = issued.replace(b"<DTE ", b"<RespuestaDTE " + namespace + b" ", 1)
    answer = answer.replace(b"</DTE>", b"</RespuestaDTE>")
    with pytest.raises(SignatureProblem):
        exchange_answers.read(answer)
