"""RSA PKCS#1 v1.5 with SHA-1, the one signature that CAFs and stamps know (PROTOCOL 6.2, 7.2)."""

import base64
import binascii
import functools

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    RSAPublicNumbers,
)
from cryptography.hazmat.primitives.hashes import SHA1


def sign(key: RSAPrivateKey, data: bytes) -> str:
    """Signature of ``data`` in base64."""
    return base64.b64encode(key.sign(data, PKCS1v15(), SHA1())).decode("ascii")


def is_signed(by: RSAPublicNumbers, data: bytes, signature: str) -> bool:
    """Whether ``signature`` (base64, blanks allowed) is that of ``data``; garbage is simply not."""
    try:
        _public_key(by).verify(decode(signature), data, PKCS1v15(), SHA1())
    except (InvalidSignature, ValueError):
        return False
    return True


def public_numbers(modulus: str, exponent: str) -> RSAPublicNumbers:
    """Public key from its two numbers, unsigned big-endian in base64. Raises ValueError."""
    return RSAPublicNumbers(
        e=int.from_bytes(decode(exponent), "big"), n=int.from_bytes(decode(modulus), "big")
    )


def number_base64(number: int) -> str:
    """A number of a key as XML carries it: no leading zero octet (PROTOCOL 5.9)."""
    return base64.b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode("ascii")


@functools.lru_cache(maxsize=32)  # an envelope's documents are signed by the same few
def _public_key(numbers: RSAPublicNumbers) -> RSAPublicKey:
    return numbers.public_key()


def decode(text: str) -> bytes:
    """Bytes of a base64 text that may be wrapped and indented. Raises ValueError."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
