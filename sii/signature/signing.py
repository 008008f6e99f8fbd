"""What makes RSA-SHA1 signatures: python-xmlsec, or cryptography where that does not load.

Both give the same bytes. python-xmlsec does not load with an lxml that carries another libxml2.
"""

from types import ModuleType

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from .. import libraries
from ..errors import SignatureProblem
from .signer import SigningKey


def load_key(key: RSAPrivateKey) -> SigningKey:
    """What signs with this key; parsing it costs more than a signature."""
    if libraries.unfit(["xmlsec"]):
        return CryptographyKey(key)
    return XmlsecKey(key, libraries.load("xmlsec"))


class XmlsecKey:
    """python-xmlsec's handle. It signs the canonical SignedInfo: filling a template of its own
    takes longer than everything else (docs/performance.md).
    """

    def __init__(self, key: RSAPrivateKey, xmlsec: ModuleType):
        self._xmlsec = xmlsec
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        self._key = xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.PEM)

    def sign(self, data: bytes) -> bytes:
        """Raises SignatureProblem ``signing_failed``."""
        context = self._xmlsec.SignatureContext()
        context.key = self._key
        try:
            return context.sign_binary(data, self._xmlsec.constants.TransformRsaSha1)
        except self._xmlsec.Error as error:  # a system may forbid SHA-1
            raise SignatureProblem("signing_failed") from error


class CryptographyKey:
    """The key as cryptography has it."""

    def __init__(self, key: RSAPrivateKey):
        self._key = key

    def sign(self, data: bytes) -> bytes:
        """Raises SignatureProblem ``signing_failed``."""
        try:
            return self._key.sign(data, PKCS1v15(), SHA1())
        except (UnsupportedAlgorithm, ValueError) as error:
            raise SignatureProblem("signing_failed") from error
