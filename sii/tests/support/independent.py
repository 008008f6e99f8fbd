"""A second pair of eyes: signatures and stamps checked with lxml and cryptography alone.

Nothing of the library is used here, so that signer and verifier cannot be wrong together.
"""

import base64
import hashlib
import re

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

SII = ' xmlns="http://www.sii.cl/SiiDte"'
XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
DER = Encoding.DER
DSIG = ' xmlns="http://www.w3.org/2000/09/xmldsig#"'


def check_signature(xml: bytes, tag: str, inherited: str, also: str = "") -> x509.Certificate:
    """Raise AssertionError or InvalidSignature unless the signature over ``tag`` is right.

    inherited: namespace declarations in the scope of the signed element. also: those in the scope
    of SignedInfo beside its own. Works on text, as the SII does (PROTOCOL 5.9).
    """
    text = xml.decode("iso-8859-1")
    signature = text[text.rindex("<Signature ") :]
    digest = hashlib.sha1(canonical(cut(text, tag), tag, inherited)).digest()
    assert base64.b64decode(_value(signature, "DigestValue")) == digest
    identifier = re.search(rf'<{tag}[^>]* ID="([^"]+)"', text)[1]
    assert f'<Reference URI="#{identifier}">' in signature
    signed_info = canonical(cut(signature, "SignedInfo"), "SignedInfo", DSIG + also)
    certificate = x509.load_der_x509_certificate(
        base64.b64decode(_value(signature, "X509Certificate"))
    )
    value = base64.b64decode(_value(signature, "SignatureValue"))
    certificate.public_key().verify(value, signed_info, PKCS1v15(), SHA1())
    numbers = certificate.public_key().public_numbers()
    modulus = base64.b64decode(_value(signature, "Modulus"))
    assert modulus[0] != 0, "leading zero octet"
    assert int.from_bytes(modulus, "big") == numbers.n
    assert int.from_bytes(base64.b64decode(_value(signature, "Exponent")), "big") == numbers.e
    assert signature.index("<KeyValue>") < signature.index("<X509Data>")
    return certificate


def check_stamp(xml: bytes, key) -> None:
    """Raise InvalidSignature unless the FRMT is that of the flattened DD by this CAF key."""
    text = xml.decode("iso-8859-1")
    flat = re.sub(r">\s+<", "><", cut(text, "DD"))
    key.public_key().verify(
        base64.b64decode(_value(text, "FRMT")), flat.encode("iso-8859-1"), PKCS1v15(), SHA1()
    )


def cut(text: str, tag: str) -> str:
    """The first element ``tag`` as it is in the text."""
    return re.search(rf"<{tag}[\s>].*?</{tag}>", text, re.DOTALL)[0]


def canonical(element: str, tag: str, inherited: str) -> bytes:
    """Inclusive C14N of an element cut out of a file, in the scope of these declarations."""
    declared = "" if inherited.split()[0] in element.split(">")[0] else inherited
    alone = element.replace(f"<{tag}", f"<{tag}{declared}", 1)
    return etree.tostring(etree.fromstring(alone), method="c14n")


def _value(text: str, tag: str) -> str:
    return re.search(rf"<{tag}[^>]*>([^<]+)</{tag}>", text)[1]
