import base64
import hashlib
import re

import independent
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from lxml import etree

from sii import xmldsig
from sii.errors import SignatureProblem

XML = (
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
    '<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">\n'
    '<Documento ID="F1T33">\n<A>ñ &amp; &lt;&gt; &quot;&apos;</A>\n</Documento>\n</DTE>'
)


def test_stand_alone_signature_by_another_verifier(signer):
    signed = xmldsig.sign(XML, "F1T33", signer)
    certificate = independent.check_signature(signed, "Documento", independent.SII)
    assert certificate.public_bytes(encoding=independent.DER) == signer.certificate_der


def test_what_was_given_is_not_touched(signer):
    signed = xmldsig.sign(XML, "F1T33", signer).decode("iso-8859-1")
    assert signed.startswith(XML.removesuffix("</DTE>"))
    assert signed.endswith("</KeyInfo></Signature>\n</DTE>")


def test_one_changed_letter_breaks_it(signer):
    signed = xmldsig.sign(XML, "F1T33", signer).replace(b"<A>\xf1", b"<A>n")
    with pytest.raises(AssertionError):
        independent.check_signature(signed, "Documento", independent.SII)


def test_reference_that_is_not_there(signer):
    with pytest.raises(SignatureProblem, match="signing_failed"):
        xmldsig.sign(XML, "F2T33", signer)


def test_no_long_lines(signer):
    signed = xmldsig.sign(XML, "F1T33", signer)
    assert max(map(len, signed.splitlines())) < 120


def test_token_request(signer):
    """PROTOCOL 1.4: the whole document is signed, minus the signature itself."""
    request = xmldsig.sign_token("000123456789", signer)
    root = etree.fromstring(request)
    assert root.tag == "getToken"
    assert root.attrib == {}
    assert root.findtext("item/Semilla") == "000123456789"
    text = request.decode("ascii")
    assert '<Reference URI="">' in text
    assert re.findall(r'<Transform Algorithm="([^"]+)"', text) == [
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    ]
    without = re.sub(r"<Signature .*</Signature>", "", text, flags=re.DOTALL)
    digest = hashlib.sha1(etree.tostring(etree.fromstring(without), method="c14n")).digest()
    assert base64.b64decode(root.findtext(".//{*}DigestValue")) == digest
    signed_info = independent.canonical(
        independent.cut(text, "SignedInfo"), "SignedInfo", independent.DSIG
    )
    value = base64.b64decode(root.findtext(".//{*}SignatureValue"))
    certificate = x509.load_der_x509_certificate(signer.certificate_der)
    certificate.public_key().verify(value, signed_info, PKCS1v15(), SHA1())


def test_seed_that_is_markup(signer):
    request = xmldsig.sign_token("<evil/>&", signer)
    assert etree.fromstring(request).findtext("item/Semilla") == "<evil/>&"
