"""Who issues certificates: authorities that are known, by certificate or by their key alone.

Known by certificate is what the register of Ley 19.799 publishes. A key alone is what several
signatures have in common: it recognises who signed them, and accredits nobody.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from ..errors import AuthorityProblem

# Where others' certificates break the standard is of no use to readers of the log.
warnings.filterwarnings(
    "ignore",
    category=UserWarning,
    module=rf"{re.escape(__package__)}\.(authorities|chain|verification)$",
)

MAX_CERTIFICATE = 16 * 1024
_MAX_NAME = 200
_KEY_BITS = range(1024, 8193)
_HASHES = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512"})
UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What ``cryptography`` raises for a forged certificate."""

PublicKey = RSAPublicKey | EllipticCurvePublicKey


class Recognition(StrEnum):
    """Why an authority is known."""

    ACCREDITED = "accredited"  # the register of Ley 19.799 publishes its certificate
    KEY = "key"  # its key alone, from signatures that it made
    ADDED = "added"  # a manager added it
    TEST = "test"  # of a simulator


@dataclass(frozen=True, slots=True)
class Authority:
    """Who issues certificates of persons.

    proves: whether a person certified by it may answer for a company. until: last day of its
    accreditation, or None. certificate: None when only the key is known.
    """

    name: str
    recognition: Recognition
    proves: bool
    key: PublicKey = field(repr=False)
    certificate: x509.Certificate | None = field(default=None, repr=False)
    until: date | None = None


class Store:
    """The authorities that are known, found by the name that they issue under."""

    def __init__(self, authorities: Iterable[Authority] = ()):
        self._by_name: dict[bytes, list[Authority]] = {}
        self._keys: list[Authority] = []
        for authority in authorities:
            if authority.certificate is None:
                self._keys.append(authority)
            else:
                name = authority.certificate.subject.public_bytes()
                self._by_name.setdefault(name, []).append(authority)

    def candidates(self, certificate: x509.Certificate) -> Iterator[Authority]:
        """Who may have issued it: those of the issuer's name, and those known by key alone."""
        yield from self._by_name.get(certificate.issuer.public_bytes(), ())
        yield from self._keys

    def holds(self, certificate: x509.Certificate) -> bool:
        """Whether it is an authority's own certificate."""
        named = self._by_name.get(certificate.subject.public_bytes(), ())
        return any(authority.certificate == certificate for authority in named)


def from_pem(
    pem: str, name: str, recognition: Recognition, proves: bool, until: date | None = None
) -> Authority:
    """An authority from the PEM of its certificate or of its public key.

    Raises AuthorityProblem ``authority_unreadable`` and ``authority_key``.
    """
    data = pem.encode()
    try:
        if b"BEGIN PUBLIC KEY" in data:
            return Authority(name, recognition, proves, usable_key(load_pem_public_key(data)), None)
        certificate = x509.load_pem_x509_certificate(data)
        key = usable_key(certificate.public_key())
    except UNREADABLE as error:
        raise AuthorityProblem("authority_unreadable") from error
    return Authority(name, recognition, proves, key, certificate, until)


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether it declares itself an authority's. Raises what ``UNREADABLE`` names."""
    basic = extension(certificate, x509.BasicConstraints)
    usage = extension(certificate, x509.KeyUsage)
    if basic is None:
        # before version 3 it could not be declared: only a root that signs itself passes
        return usage is None and certificate.issuer == certificate.subject
    return basic.ca and (usage is None or usage.key_cert_sign)


def is_issued(certificate: x509.Certificate, key: PublicKey) -> bool:
    """Whether this key signed the certificate, with SHA-1 too, as older authorities did."""
    try:
        used = certificate.signature_hash_algorithm
        if used is None or used.name not in _HASHES:
            return False
        signed = certificate.tbs_certificate_bytes
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(certificate.signature, signed, ECDSA(used))
        else:
            padding = certificate.signature_algorithm_parameters
            key.verify(certificate.signature, signed, padding, used)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def extension(certificate: x509.Certificate, kind: type) -> object | None:
    """An extension's value, or None. Raises what ``UNREADABLE`` names."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def common_name(name: x509.Name) -> str:
    """What a person calls it: the common name or, without one, the organisation; one short line."""
    for oid in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            words = "".join(c if c.isprintable() else " " for c in str(attribute.value)).split()
            if words:
                return " ".join(words)[:_MAX_NAME]
    return ""


def usable_key(key: object) -> PublicKey:
    """The key, of a kind and size that is verified here. Raises AuthorityProblem otherwise."""
    if isinstance(key, EllipticCurvePublicKey):
        return key
    if isinstance(key, RSAPublicKey) and key.key_size in _KEY_BITS:
        return key
    raise AuthorityProblem("authority_key")
