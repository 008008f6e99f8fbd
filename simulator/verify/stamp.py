"""The two RSA signatures of a stamp: FRMT by the CAF's key, FRMA by the SII's (PROTOCOL 6, 7)."""

import base64
import binascii
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA1


def flat(content: bytes, tag: str) -> bytes:
    """The element as it stands in the file, white space between its tags removed; b'' if absent."""
    name = re.escape(tag.encode())
    found = re.search(rb"<" + name + rb"[\s>].*?</" + name + rb"\s*>", content, re.DOTALL)
    return re.sub(rb">\s+<", b"><", found[0]) if found else b""


def public_key(modulus: str, exponent: str) -> RSAPublicKey | None:
    """The RSAPK of a CAF from its base64 texts; None when it is no RSA key."""
    try:
        n, e = (int.from_bytes(base64.b64decode(text), "big") for text in (modulus, exponent))
        return RSAPublicNumbers(e, n).public_key()
    except (binascii.Error, ValueError):
        return None


def signs(key: RSAPublicKey | None, signature: str, content: bytes) -> bool:
    """Whether the base64 signature is the key's (PKCS#1 v1.5, SHA-1) over the content."""
    if key is None or not content:
        return False
    try:
        value = base64.b64decode("".join(signature.split()), validate=True)
        key.verify(value, content, PKCS1v15(), SHA1())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True
