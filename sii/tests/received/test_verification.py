"""Signatures in every variant of PROTOCOL 5.9, made here without the library."""

import base64
import hashlib
import re

import independent
import keys
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1

from sii.errors import SignatureProblem, UnsafeXml
from sii.received.verification import Variant, verify
from sii.signature import xmldsig

DOCUMENTO = '<Documento ID="F1T33">\n<A>ñ &amp; más</A>\n</Documento>'
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SCOPES = {
    Variant.N: "",
    Variant.D: independent.SII,
    Variant.X: independent.SII + independent.XSI,
}


def _canonical(element, tag, scope):
    return (
        independent.canonical(element, tag, scope)
        if scope
        else element.replace("&amp;", "&amp;").encode()
    )


def _sign(
    made,
    scope="",
    tag_scope="",
    also="",
    transforms=f'<Transforms><Transform Algorithm="{C14N}"/></Transforms>',
):
    """A DTE whose tag declares ``tag_scope`` while it was signed in ``scope``."""
    digest = hashlib.sha1(_canonical(DOCUMENTO, "Documento", scope)).digest()
    signed_info = (
        f'<SignedInfo><CanonicalizationMethod Algorithm="{C14N}"/>'
        '<SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#rsa-sha1"/>'
        f'<Reference URI="#F1T33">{transforms}'
        '<DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>'
        f"<DigestValue>{base64.b64encode(digest).decode()}</DigestValue></Reference></SignedInfo>"
    )
    canonical = independent.canonical(signed_info, "SignedInfo", independent.DSIG + also)
    value = base64.b64encode(made.key.sign(canonical, PKCS1v15(), SHA1())).decode()
    numbers = made.key.public_key().public_numbers()
    der = base64.b64encode(made.certificate.public_bytes(independent.DER)).decode()
    return (
        f'<?xml version="1.0" encoding="ISO-8859-1"?>\n<DTE{tag_scope} version="1.0">\n'
        f"{DOCUMENTO}\n"
        f"<Signature{independent.DSIG}>{signed_info}<SignatureValue>\n{value}\n</SignatureValue>"
        f"<KeyInfo><KeyValue><RSAKeyValue><Modulus>{keys.number_base64(numbers.n)}</Modulus>"
        f"<Exponent>{keys.number_base64(numbers.e)}</Exponent></RSAKeyValue></KeyValue>"
        f"<X509Data><X509Certificate>{der}</X509Certificate></X509Data></KeyInfo></Signature>\n</DTE>"
    ).encode("iso-8859-1")


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("tag_scope", SCOPES.values())
@pytest.mark.parametrize("also", ["", independent.XSI])
def test_variants(test_certificate, variant, tag_scope, also):
    verdict = verify(_sign(test_certificate, SCOPES[variant], tag_scope, also))
    assert verdict.variant is variant
    assert verdict.key_matches
    assert verdict.certificate_der == test_certificate.certificate.public_bytes(independent.DER)


@pytest.mark.parametrize(
    "transform", [C14N, "http://www.w3.org/2000/09/xmldsig#enveloped-signature"]
)
def test_transforms_in_use(test_certificate, transform):
    verify(
        _sign(
            test_certificate,
            transforms=f'<Transforms><Transform Algorithm="{transform}"/></Transforms>',
        )
    )
    verify(_sign(test_certificate, transforms=""))


def test_ours_is_variant_d(signer):
    xml = f'<DTE xmlns="http://www.sii.cl/SiiDte" version="1.0">\n{DOCUMENTO}\n</DTE>'
    signed = xmldsig.sign(xml, "F1T33", signer).xml
    assert verify(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + signed).variant is Variant.D


def _refused(code, data):
    with pytest.raises(SignatureProblem) as caught:
        verify(data)
    assert caught.value.code == code


def test_changed_content(test_certificate):
    _refused("digest_differs", _sign(test_certificate).replace(b"<A>\xf1", b"<A>n"))


def test_changed_signed_info(test_certificate):
    signed = _sign(test_certificate)
    _refused("signature_invalid", signed.replace(b"<SignedInfo>", b"<SignedInfo> "))


def test_key_replaced(test_certificate):
    own, other = _sign(test_certificate), _sign(keys.certificate())
    start, end = own.index(b"<KeyInfo>"), own.index(b"</KeyInfo>")
    foreign = other[other.index(b"<KeyInfo>") : other.index(b"</KeyInfo>")]
    _refused("signature_invalid", own[:start] + foreign + own[end:])


def test_certificate_of_another_key(test_certificate):
    own, other = _sign(test_certificate), _sign(keys.certificate())
    start, end = own.index(b"<X509Data>"), own.index(b"</X509Data>")
    foreign = other[other.index(b"<X509Data>") : other.index(b"</X509Data>")]
    assert not verify(own[:start] + foreign + own[end:]).key_matches


def test_without_key_value_the_certificate_decides(test_certificate):
    signed = _sign(test_certificate)
    start, end = signed.index(b"<KeyValue>"), signed.index(b"<X509Data>")
    assert verify(signed[:start] + signed[end:]).key_matches


def _with_authorities(signed, before=False, key_value=True):
    """The signature with two more certificates, as some bring their authorities' along."""
    start, end = signed.index(b"<X509Data>") + 10, signed.index(b"</X509Data>")
    own = signed[start:end]
    others = b"".join(
        other[other.index(b"<X509Certificate>") : other.index(b"</X509Data>")]
        for other in (_sign(keys.certificate()), _sign(keys.certificate()))
    )
    found = signed[:start] + (others + own if before else own + others) + signed[end:]
    if key_value:
        return found
    return found[: found.index(b"<KeyValue>")] + found[found.index(b"<X509Data>") :]


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("key_value", [False, True])
def test_a_chain_of_certificates_comes_along(before, key_value, test_certificate):
    signed = _sign(test_certificate)
    verdict = verify(_with_authorities(signed, before, key_value))
    assert verdict.key_matches
    assert verdict.certificate_der == verify(signed).certificate_der


def test_what_else_the_standard_lets_a_signature_name(test_certificate):
    signed = _sign(test_certificate)
    for part, place in (
        (b"<KeyName>Ana</KeyName>", b"<KeyValue>"),
        (b"<X509SKI>AAAA</X509SKI><X509CRL>AAAA</X509CRL>", b"<X509Certificate>"),
        (b"<X509Data><X509SubjectName>CN=Ana</X509SubjectName></X509Data>", b"<X509Data>"),
    ):
        assert verify(signed.replace(place, part + place, 1)).key_matches


def test_wrapped_signature(test_certificate):
    """A second Documento in front of the signed one must not borrow its signature."""
    signed = _sign(test_certificate)
    forged = signed.replace(b"<Documento", b'<Documento ID="X"><A>1</A></Documento><Documento', 1)
    _refused("signature_malformed", forged)
    twice = signed.replace(
        b"<Documento", b'<Documento ID="F1T33"><A>1</A></Documento><Documento', 1
    )
    _refused("signature_malformed", twice)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<Signature ", b"<Firma ", "signature_missing"),
        (b'URI="#F1T33"', b'URI=""', "signature_malformed"),
        (b"rsa-sha1", b"hmac-sha1", "signature_malformed"),
        (b"REC-xml-c14n-20010315", b"REC-xslt-19991116", "signature_malformed"),
        (b"<SignatureValue>", b"<SignatureValue>!", "signature_invalid"),
        (b"<Modulus>", b"<Modulus>!", "signature_malformed"),
        (b"<DigestValue>", b"<DigestValue>!", "signature_malformed"),
        (b"<X509Certificate>", b"<X509Certificate>!", "signature_malformed"),
    ],
)
def test_malformed(test_certificate, old, new, code):
    signed = _sign(test_certificate).replace(old, new)
    _refused(code, signed.replace(b"</Signature>", b"</Firma>") if b"Firma" in new else signed)


@pytest.mark.parametrize("data", [b"<DTE/>", b'<DTE version="1.0"></DTE>', b"no XML"])
def test_nothing_to_verify(data):
    _refused("signature_missing", data)


def test_document_with_entities(test_certificate):
    _, document = _sign(test_certificate).split(b"?>")
    _refused("signature_missing", b'<!DOCTYPE DTE [<!ENTITY a "b">]>' + document)
    with pytest.raises(UnsafeXml):
        verify(document.replace(b"<A>", b"<A>&a;"))


def test_a_key_made_to_fit_the_signature_of_another_document(test_certificate):
    """Who has a genuine signature's value finds a key of exponent 3 under which it is that of
    any other text: the SII, which is asked for the value alone, would not see it."""
    genuine = _sign(test_certificate)
    value = re.search(rb"<SignatureValue>\s*(\S+)\s*<", genuine)[1].decode()
    number = int.from_bytes(base64.b64decode(value), "big")
    forged, modulus = next(
        (forged, fitting)
        for forged, signed in (_altered(genuine, f"otro {at}") for at in range(100))
        if (fitting := number**3 - _padded(signed, number**3)) > number and fitting % 2
    )
    numbers = test_certificate.key.public_key().public_numbers()
    for before, after in ((numbers.n, modulus), (numbers.e, 3)):
        tags = [f">{keys.number_base64(each)}<".encode() for each in (before, after)]
        forged = forged.replace(*tags)
    with pytest.raises(SignatureProblem) as caught:
        verify(forged)
    # a signature is as long as its key, and no number of that length can be found so
    assert caught.value.code == "signature_invalid"


def _altered(genuine, word):
    """The document with other content and its digest; and the digest of its SignedInfo."""
    text = DOCUMENTO.replace("más", word)
    before, after = (
        base64.b64encode(hashlib.sha1(_canonical(each, "Documento", "")).digest())
        for each in (DOCUMENTO, text)
    )
    forged = genuine.replace("más".encode("iso-8859-1"), word.encode()).replace(before, after)
    info = re.search(rb"<SignedInfo>.*</SignedInfo>", forged)[0].decode()
    signed = independent.canonical(info, "SignedInfo", independent.DSIG)
    return forged, hashlib.sha1(signed).digest()


def _padded(digest: bytes, modulus: int) -> int:
    size = (modulus.bit_length() + 7) // 8
    hashed = bytes.fromhex("3021300906052b0e03021a05000414") + digest
    return int.from_bytes(
        b"\x00\x01" + b"\xff" * (size - 3 - len(hashed)) + b"\x00" + hashed, "big"
    )
