"""RSA PKCS#1 v1.5 with SHA-1, the one signature that CAFs and stamps know (PROTOCOL 6.2, 7.2)."""

import base64
import binascii
import functools

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    RSAPublicNumbers,
)
from cryptography.hazmat.primitives.hashes import SHA1

CAF_BITS = 512
"""Of the keys of CAFs and of the SII's that sign them, which are what they are (PROTOCOL 7)."""

SIGNER_BITS = 1024
"""The least that a person's certificate has; the SII's example of 2003 is of that size."""

MOST_BITS = 8192
_EXPONENT_END = 2**32
_LONGEST = 20_000  # characters of a base64 text: a certificate of the greatest key, and more


class UnfitKey(ValueError):
    """A public key that proves nothing. ``bits``: of its modulus."""

    def __init__(self, bits: int):
        super().__init__(f"a key of {bits} bits")
        self.bits = bits


def sign(key: RSAPrivateKey, data: bytes) -> str:
    """Signature of ``data`` in base64."""
    return base64.b64encode(key.sign(data, PKCS1v15(), SHA1())).decode("ascii")


def is_signed(by: RSAPublicNumbers, data: bytes, signature: str) -> bool:
    """Whether ``signature`` (base64, blanks allowed) is that of ``data``; garbage is simply not."""
    try:
        _public_key(by).verify(decode(signature), data, PKCS1v15(), SHA1())
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def public_numbers(modulus: str, exponent: str, least_bits: int = CAF_BITS) -> RSAPublicNumbers:
    """Public key from its two numbers, unsigned big-endian in base64.

    Raises ValueError, and UnfitKey for one that proves nothing or takes too long to use.
    """
    numbers = RSAPublicNumbers(
        e=int.from_bytes(decode(exponent), "big"), n=int.from_bytes(decode(modulus), "big")
    )
    check_fit(numbers, least_bits)
    return numbers


def check_fit(numbers: RSAPublicNumbers, least_bits: int) -> None:
    """Raise UnfitKey for a key that is too small, too big, or none: even, or of exponent 1."""
    bits = numbers.n.bit_length()
    is_odd = numbers.n % 2 and numbers.e % 2
    if not least_bits <= bits <= MOST_BITS or not 3 <= numbers.e < _EXPONENT_END or not is_odd:
        raise UnfitKey(bits)


def number_base64(number: int) -> str:
    """A number of a key as XML carries it: no leading zero octet (PROTOCOL 5.9)."""
    return base64.b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode("ascii")


@functools.lru_cache(maxsize=32)  # an envelope's documents are signed by the same few
def _public_key(numbers: RSAPublicNumbers) -> RSAPublicKey:
    return numbers.public_key()


def decode(text: str) -> bytes:
    """Bytes of a base64 text that may be wrapped and indented. Raises ValueError."""
    if len(text) > _LONGEST:
        raise ValueError("too long")
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
