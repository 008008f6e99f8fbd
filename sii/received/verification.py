"""Judging another's signature as a tolerant receiver does (PROTOCOL 5.9, last paragraph).

Without xmlsec: a general verifier carries out whatever transforms a file names, and knows only
the namespace scope the file stands in, while taxpayers sign in three different ones.
"""

import functools
import hashlib
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from lxml import etree

from ..errors import SignatureProblem, UnsafeXml
from ..signature import rsa_sha1
from ..signature.xmldsig import C14N, DSIG, ENVELOPED, RSA_SHA1, SHA1
from ..xml import reader
from ..xml.writer import SII_NAMESPACE, XSI_NAMESPACE

# Possessive throughout: no blank and no letter is ever tried twice.
_ROOT_TAG = re.compile(
    r"""(?P<open><[\w.:-]++)"""
    r"""(?P<attributes>(?:\s++[\w.:-]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*)\s*+>"""
)
_SCOPE = re.compile(r"""(?<!\s)\s++(?:xmlns|xmlns:xsi|xsi:\w++)\s*+=\s*+(?:"[^"]*+"|'[^']*+')""")
_PROLOG = (("<?", "?>"), ("<!--", "-->"))
_SIGNED_INFO = f"{{{DSIG}}}Signature/{{{DSIG}}}SignedInfo"
# What a Signature is made of: each once, but those in _MANY, and nothing else.
_PARTS = {
    "Signature": ({"SignedInfo", "SignatureValue", "KeyInfo"}, set()),
    "SignedInfo": ({"CanonicalizationMethod", "SignatureMethod", "Reference"}, set()),
    "Reference": ({"DigestMethod", "DigestValue"}, {"Transforms"}),
    "Transforms": (set(), {"Transform"}),
    "KeyInfo": (set(), {"KeyName", "KeyValue", "X509Data"}),
    "KeyValue": ({"RSAKeyValue"}, set()),
    "RSAKeyValue": ({"Modulus", "Exponent"}, set()),
    "X509Data": (
        set(),
        {"X509Certificate", "X509SubjectName", "X509IssuerSerial", "X509SKI", "X509CRL"},
    ),
}
# Some include their authorities' certificates, which the standard allows.
_MANY = {"Transform": 4, "X509Data": 6, "X509Certificate": 6, "X509SubjectName": 6}
_MANY |= dict.fromkeys(("X509IssuerSerial", "X509SKI", "X509CRL"), 6)
_MOST_CERTIFICATES = 6
# as verifiers know an ID by one name or another
_IDS = etree.XPath(
    "count(descendant-or-self::*/@*[(name() = 'ID' or name() = 'Id' or name() = 'id') and . = $id])"
)
_ALGORITHMS = {
    "SignedInfo/CanonicalizationMethod": {C14N},
    "SignedInfo/SignatureMethod": {RSA_SHA1},
    "SignedInfo/Reference/DigestMethod": {SHA1},
    # Neither alters a sibling of the Signature, so none needs to be carried out.
    "SignedInfo/Reference/Transforms/Transform": {C14N, ENVELOPED},
}


class Variant(StrEnum):
    """In which namespaces' scope something was signed (PROTOCOL 5.9)."""

    D = "D"  # the SII's
    N = "N"  # none
    X = "X"  # the SII's and xsi, as in place inside an envelope


_DECLARATIONS = {
    Variant.D: f' xmlns="{SII_NAMESPACE}"',
    Variant.N: "",
    Variant.X: f' xmlns="{SII_NAMESPACE}" xmlns:xsi="{XSI_NAMESPACE}"',
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a signature that verifies shows.

    variant: scope of the digest. certificate_der: None when the signature brings none.
    key_matches: whether that certificate is the one of the key that signed. others: further
    certificates that came along, such as those of authorities. value: its SignatureValue, base64
    without blanks.
    """

    variant: Variant
    key_matches: bool
    certificate_der: bytes | None = field(repr=False)
    value: str = field(default="", repr=False)
    others: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a Signature element states of itself.

    key: of KeyValue, or None. certificates: with their keys, None for one that is not RSA's.
    """

    reference: str
    digest: bytes
    value: str
    key: RSAPublicNumbers | None
    certificates: tuple[tuple[bytes, RSAPublicNumbers | None], ...]

    @property
    def keys(self) -> tuple[RSAPublicNumbers, ...]:
        """One of which must have signed: KeyValue's or, without it, those of the certificates."""
        if self.key is not None:
            return (self.key,)
        return tuple(key for _der, key in self.certificates if key is not None)

    def certificate_of(self, key: RSAPublicNumbers) -> tuple[bytes | None, bool]:
        """The certificate of the key that signed, or else the first; and whether it is that."""
        for der, own in self.certificates:
            if own == key:
                return der, True
        return (self.certificates[0][0] if self.certificates else None), False


def verify(data: bytes) -> Verdict:
    """Check the signature over the first child of the root, in any of the variants in use.

    data: a DTE cut out on its own, or another file of the SII's that is signed in place; a file
    that was read by ``reader.parse`` before, or is cut out of one.
    Raises SignatureProblem ``signature_missing``, ``signature_malformed``, ``digest_differs``,
    ``signature_invalid`` or ``signature_key_unfit``, and UnsafeXml.
    """
    root = functools.cache(functools.partial(_in_scope, reader.decode(data)))
    claim = _claim(root(Variant.D))
    variant = next((each for each in Variant if _digest(root(each)[0]) == claim.digest), None)
    if variant is None:
        raise SignatureProblem("digest_differs", reference=claim.reference)
    signed_infos = (_canonical(root(each).find(_SIGNED_INFO)) for each in Variant)
    pairs = itertools.product(signed_infos, claim.keys)
    key = next((k for each, k in pairs if rsa_sha1.is_signed(k, each, claim.value)), None)
    if key is None:
        raise SignatureProblem("signature_invalid", reference=claim.reference)
    certificate_der, matches = claim.certificate_of(key)
    others = tuple(der for der, _key in claim.certificates if der != certificate_der)
    return Verdict(variant, matches, certificate_der, "".join(claim.value.split()), others)


def _in_scope(text: str, variant: Variant) -> etree._Element:
    """The document parsed as if just these namespaces had been declared on its root."""
    root = _ROOT_TAG.match(text, _prolog_end(text))
    if root is None:
        raise SignatureProblem("signature_missing")
    attributes = _DECLARATIONS[variant] + _SCOPE.sub("", root["attributes"])
    return reader.parse_own(f"{root['open']}{attributes}>{text[root.end() :]}".encode(), "utf-8")


def _prolog_end(text: str) -> int:
    """Where the root begins: after the declaration, instructions and comments."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        closing = next((end for start, end in _PROLOG if text.startswith(start, at)), None)
        end = text.find(closing, at) if closing else -1
        if end < 0:
            return at
        at = end + len(closing)


def _claim(root: etree._Element) -> _Claim:
    signatures = root.findall(f"{{{DSIG}}}Signature")
    if len(root) < 2 or len(signatures) != 1 or signatures[0] is not root[-1]:
        raise SignatureProblem("signature_missing")
    body, signature = root[0], signatures[0]
    _check_parts(signature)
    reference = reader.find(signature, "SignedInfo/Reference").get("URI", "")
    # Two children, and one element of that ID: no other reader takes another for the signed one.
    alone = len(root) == 2 and _IDS(root, id=reference[1:]) == 1
    if not alone or not reference or reference != f"#{body.get('ID')}":
        raise SignatureProblem("signature_malformed", reference=reference)
    for path, allowed in _ALGORITHMS.items():
        for element in reader.find_all(signature, path):
            if element.get("Algorithm") not in allowed:
                raise SignatureProblem("signature_malformed", algorithm=element.get("Algorithm"))
    try:
        return _Claim(
            reference=reference,
            digest=rsa_sha1.decode(reader.text_of(signature, "SignedInfo/Reference/DigestValue")),
            value=reader.text_of(signature, "SignatureValue"),
            **_keys(signature),
        )
    except rsa_sha1.UnfitKey as error:
        raise SignatureProblem("signature_key_unfit", bits=error.bits) from error
    except (ValueError, UnsafeXml) as error:
        raise SignatureProblem("signature_malformed", reference=reference) from error


def _check_parts(element: etree._Element) -> None:
    """Raise unless the element is made of what it should be, and of each thing once."""
    name = reader.local_name(element)
    if name not in _PARTS:
        return
    needed, possible = _PARTS[name]
    found: Counter[str] = Counter()
    for child in element:
        # refused at the first, however many there are
        part = reader.local_name(child) if isinstance(child.tag, str) else ""
        found[part] += 1
        is_own = part in needed | possible and child.tag == f"{{{DSIG}}}{part}"
        if not is_own or found[part] > _MANY.get(part, 1):
            raise SignatureProblem("signature_malformed", tag=name)
        _check_parts(child)
    if not needed <= found.keys():
        raise SignatureProblem("signature_malformed", tag=name)


def _keys(signature: etree._Element) -> dict:
    """The key of KeyValue, and the certificates with theirs; one of both at least."""
    found = reader.find_all(signature, "KeyInfo/X509Data/X509Certificate")
    if len(found) > _MOST_CERTIFICATES:
        raise SignatureProblem("signature_malformed", tag="X509Data")
    ders = [rsa_sha1.decode(text) for text in map(reader.plain_text, found) if text]
    certificates = tuple((der, _certificate_key(der)) for der in ders)
    key = None
    if reader.find(signature, "KeyInfo/KeyValue") is not None:
        modulus = reader.text_of(signature, "KeyInfo/KeyValue/RSAKeyValue/Modulus")
        exponent = reader.text_of(signature, "KeyInfo/KeyValue/RSAKeyValue/Exponent")
        key = rsa_sha1.public_numbers(modulus, exponent, rsa_sha1.SIGNER_BITS)
    elif not any(own for _der, own in certificates):
        raise SignatureProblem("signature_malformed", tag="KeyInfo")
    return {"key": key, "certificates": certificates}


def _certificate_key(der: bytes) -> RSAPublicNumbers | None:
    try:
        key = x509.load_der_x509_certificate(der).public_key()
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion):
        return None  # the signature's own key still decides
    if not isinstance(key, RSAPublicKey):
        return None
    numbers = key.public_numbers()
    rsa_sha1.check_fit(numbers, rsa_sha1.SIGNER_BITS)
    return numbers


def _digest(element: etree._Element) -> bytes:
    return hashlib.sha1(_canonical(element), usedforsecurity=False).digest()


def _canonical(element: etree._Element) -> bytes:
    """Inclusive C14N of an element in place.

    Parsed again on its own, since lxml writes false xmlns="" when it canonicalises a child.
    """
    alone = reader.parse_own(etree.tostring(element, with_tail=False), "utf-8")
    try:
        return etree.tostring(alone, method="c14n")
    except etree.C14NError as error:  # a namespace that is no absolute address
        raise SignatureProblem("signature_malformed", tag="xmlns") from error
