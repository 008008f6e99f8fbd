"""Who signs: a person's certificate and key, loaded once and used for every document."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol

from ..errors import CertificateProblem


class SigningKey(Protocol):
    """A private key that makes RSA-SHA1 signatures."""

    def sign(self, data: bytes) -> bytes:
        """Raises SignatureProblem ``signing_failed``."""


LINE = 76
"""Columns of wrapped base64: the SII reads no line above 4090 (PROTOCOL 2.3, 5.9)."""


@dataclass(frozen=True)
class Signer:
    """A certificate with its key (PROTOCOL 0.4). Made by ``certificates``, used by ``xmldsig``.

    rut: of the holder, None when the certificate does not state it. valid_from, valid_until: aware.
    modulus, exponent: of the public key, base64. key: what signs.
    """

    certificate_der: bytes = field(repr=False)
    rut: str | None
    holder: str
    valid_from: datetime
    valid_until: datetime
    modulus: str = field(repr=False)
    exponent: str = field(repr=False)
    key: SigningKey = field(repr=False, compare=False)

    @cached_property
    def key_info(self) -> str:
        """The KeyInfo element in the order of the SII's schema (PROTOCOL 5.9)."""
        return (
            "<KeyInfo>\n<KeyValue>\n<RSAKeyValue>\n"
            f"<Modulus>{wrap(self.modulus)}</Modulus>\n<Exponent>{self.exponent}</Exponent>\n"
            "</RSAKeyValue>\n</KeyValue>\n<X509Data>\n<X509Certificate>"
            f"{wrap(b64encode(self.certificate_der).decode('ascii'))}"
            "</X509Certificate>\n</X509Data>\n</KeyInfo>"
        )

    def check_validity(self, at: datetime) -> None:
        """Raise CertificateProblem unless the certificate is valid at that aware moment."""
        if at < self.valid_from:
            raise CertificateProblem(
                "certificate_not_yet_valid", valid_from=self.valid_from.isoformat()
            )
        if at > self.valid_until:
            raise CertificateProblem(
                "certificate_expired", valid_until=self.valid_until.isoformat()
            )


def wrap(base64: str) -> str:
    """Base64 in lines that the SII reads."""
    return "\n".join(base64[start : start + LINE] for start in range(0, len(base64), LINE))
