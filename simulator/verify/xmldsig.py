"""XML signatures in the SII's narrow profile (PROTOCOL 1.4, 5.9)."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA1
from lxml import etree

from .canonical import canonical
from .xmltext import find, find_all

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = DSIG + "enveloped-signature"
_SHAPE = {
    "Signature": ["SignedInfo", "SignatureValue", "KeyInfo"],
    "SignedInfo": ["CanonicalizationMethod", "SignatureMethod", "Reference"],
    "KeyInfo": ["KeyValue", "X509Data"],
    "KeyValue": ["RSAKeyValue"],
    "RSAKeyValue": ["Modulus", "Exponent"],
    "X509Data": ["X509Certificate"],
}


class SignatureError(Exception):
    """Why a signature does not stand.

    ``code``: structure, algorithm, certificate (none, or unreadable), key (not the
    certificate's), digest or value.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature read from its element, its KeyValue already found to be the certificate's."""

    uri: str
    transforms: tuple[str, ...]
    digest: bytes
    value: bytes
    signed_info: bytes
    key: RSAPublicKey
    certificate: x509.Certificate

    def verify(self, signed: bytes) -> None:
        """Check it over the canonical bytes; raises SignatureError digest or value."""
        if hashlib.sha1(signed, usedforsecurity=False).digest() != self.digest:
            raise SignatureError("digest")
        try:
            self.key.verify(self.value, self.signed_info, PKCS1v15(), SHA1())
        except InvalidSignature:
            raise SignatureError("value") from None


def read(signed: etree._Element) -> Signature:
    """Read the Signature that is a child of the element; raises SignatureError."""
    element = _dsig(signed, "Signature")
    if element is None:
        raise SignatureError("structure")
    if _dsig(element, "KeyInfo/X509Data/X509Certificate") is None:
        raise SignatureError("certificate")
    _check_shape(element)
    info = _dsig(element, "SignedInfo")
    reference = _dsig(info, "Reference")
    _check_algorithms(info, reference)
    key = _key(_dsig(element, "KeyInfo/KeyValue/RSAKeyValue"))
    certificate = _certificate(_dsig(element, "KeyInfo/X509Data/X509Certificate"))
    public = certificate.public_key()
    if not isinstance(public, RSAPublicKey) or public.public_numbers() != key.public_numbers():
        raise SignatureError("key")
    return Signature(
        uri=reference.get("URI") or "",
        transforms=tuple(
            transform.get("Algorithm") or ""
            for transform in find_all(reference, "Transforms/Transform")
        ),
        digest=_bytes(_dsig(reference, "DigestValue")),
        value=_bytes(_dsig(element, "SignatureValue")),
        signed_info=canonical(info),
        key=key,
        certificate=certificate,
    )


def _dsig(element: etree._Element, path: str) -> etree._Element | None:
    return element.find("/".join(f"{{{DSIG}}}{step}" for step in path.split("/")))


def _check_shape(element: etree._Element) -> None:
    for parent in element.iter(*(f"{{{DSIG}}}{name}" for name in _SHAPE)):
        expected = [f"{{{DSIG}}}{name}" for name in _SHAPE[etree.QName(parent).localname]]
        if [child.tag for child in parent.iterchildren("*")] != expected:
            raise SignatureError("structure")


def _check_algorithms(info: etree._Element, reference: etree._Element) -> None:
    method = find(reference, "DigestMethod")
    stated = (
        _dsig(info, "CanonicalizationMethod").get("Algorithm"),
        _dsig(info, "SignatureMethod").get("Algorithm"),
        method.get("Algorithm") if method is not None else None,
    )
    if stated != (C14N, DSIG + "rsa-sha1", DSIG + "sha1"):
        raise SignatureError("algorithm")
    transforms = find_all(reference, "Transforms/Transform")
    if len(transforms) > 1 or any(t.get("Algorithm") not in (C14N, ENVELOPED) for t in transforms):
        raise SignatureError("algorithm")


def _bytes(element: etree._Element | None) -> bytes:
    if element is None:
        raise SignatureError("structure")
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except binascii.Error:
        raise SignatureError("structure") from None


def _key(element: etree._Element) -> RSAPublicKey:
    modulus, exponent = (int.from_bytes(_bytes(child), "big") for child in element)
    try:
        return RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError:
        raise SignatureError("structure") from None


def _certificate(element: etree._Element) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(_bytes(element))
    except ValueError:
        raise SignatureError("certificate") from None
