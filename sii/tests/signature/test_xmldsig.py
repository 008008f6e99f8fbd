import base64
import hashlib
import re

import independent
import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sii.errors import SignatureProblem
from sii.signature import xmldsig
from sii.text import escape, fold

XML = (
    '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
    '<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">\n'
    '<Documento ID="F1T33">\n<A>ñ &amp; &lt;&gt; &quot;&apos;</A>\n</Documento>\n</DTE>'
)


def test_stand_alone_signature_by_another_verifier(signer):
    signed = xmldsig.sign(XML, "F1T33", signer).xml
    certificate = independent.check_signature(signed, "Documento", independent.SII)
    assert certificate.public_bytes(encoding=independent.DER) == signer.certificate_der


@settings(deadline=None, database=None)
@given(st.text())
def test_libxmlsec_verifies_any_text(signer, test_certificate, text):
    """Nothing of its code takes part in signing."""
    xml = XML.replace("<A>ñ", f"<A>{escape(fold(text))}")
    signed = xmldsig.sign(xml, "F1T33", signer)
    _verify_by_libxmlsec(signed.xml, test_certificate)
    assert _in_one_line(signed.root) == _in_one_line(etree.fromstring(signed.xml))


def _in_one_line(root):
    return etree.tostring(root, method="c14n").replace(b"\n", b"")


def test_libxmlsec_verifies_a_set_in_place(signer, test_certificate):
    """With the namespaces of the envelope in its scope and in SignedInfo's."""
    inner = xmldsig.sign(XML, "F1T33", signer).xml.decode("iso-8859-1").split("?>\n")[1]
    xml = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        '<EnvioDTE xmlns="http://www.sii.cl/SiiDte"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">\n'
        f'<SetDTE ID="SetDoc">\n{inner}\n</SetDTE>\n</EnvioDTE>'
    )
    signed = xmldsig.sign(xml, "SetDoc", signer)
    _verify_by_libxmlsec(signed.xml, test_certificate)
    with pytest.raises(xmlsec.VerificationError):
        _verify_by_libxmlsec(signed.xml.replace(b"<A>", b"<A>."), test_certificate)


def test_libxmlsec_verifies_the_token_request(signer, test_certificate):
    _verify_by_libxmlsec(xmldsig.sign_token("000123456789", signer), test_certificate)


def _verify_by_libxmlsec(xml, made):
    root = etree.fromstring(xml)
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(made.key_pem, xmlsec.KeyFormat.PEM)
    if "ID" in root[0].attrib:
        context.register_id(root[0], "ID")
    context.verify(root[-1])


def test_what_was_given_is_not_touched(signer):
    signed = xmldsig.sign(XML, "F1T33", signer).xml.decode("iso-8859-1")
    assert signed.startswith(XML.removesuffix("</DTE>"))
    assert signed.endswith("</KeyInfo></Signature>\n</DTE>")


def test_one_changed_letter_breaks_it(signer):
    signed = xmldsig.sign(XML, "F1T33", signer).xml.replace(b"<A>\xf1", b"<A>n")
    with pytest.raises(AssertionError):
        independent.check_signature(signed, "Documento", independent.SII)


def test_reference_that_is_not_there(signer):
    with pytest.raises(SignatureProblem, match="signing_failed"):
        xmldsig.sign(XML, "F2T33", signer)


def test_no_long_lines(signer):
    signed = xmldsig.sign(XML, "F1T33", signer).xml
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
