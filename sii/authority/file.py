"""Files that hold certificates of authorities, as providers publish them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from ..errors import AuthorityProblem
from .authorities import UNREADABLE, common_name, may_issue, usable_key

MAX_FILE = 256 * 1024
MAX_CERTIFICATES = 20
_PRIVATE = re.compile(rb"PRIVATE KEY-----")
_BEGIN, _END = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
_KEY = b"-----BEGIN PUBLIC KEY-----"


@dataclass(frozen=True, slots=True)
class AuthorityFile:
    """What a certificate states of itself; without certificate, the facts of a key.

    pem: of the certificate, or of the key. sha256: of its DER, hex. key_id: hex.
    """

    pem: str
    sha256: str
    key_id: str
    name: str = ""
    issuer: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None


def read(data: bytes) -> list[AuthorityFile]:
    """The certificates in a file that somebody gives: PEM, one or more, or DER.

    Raises AuthorityProblem: ``authority_too_big``, ``authority_private_key`` (the file holds a
    key that should be secret), ``authority_too_many``, ``authority_unreadable``,
    ``authority_is_person`` with the name of a certificate that may not issue others,
    ``authority_key`` when its key is of no kind or size that issues certificates.
    """
    if len(data) > MAX_FILE:
        raise AuthorityProblem("authority_too_big", size=len(data), limit=MAX_FILE)
    if _PRIVATE.search(data):
        raise AuthorityProblem("authority_private_key")
    try:
        return [_certificate(each) for each in _certificates(data)]
    except UNREADABLE as error:
        raise AuthorityProblem("authority_unreadable") from error


def read_key(data: bytes) -> AuthorityFile:
    """A public key in PEM. Raises AuthorityProblem as ``read`` does."""
    try:
        key = usable_key(load_pem_public_key(data))
    except UNREADABLE as error:
        raise AuthorityProblem("authority_unreadable") from error
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = Hash(SHA256())
    digest.update(der)
    key_id = x509.SubjectKeyIdentifier.from_public_key(key).digest.hex()
    return AuthorityFile(data.decode("ascii"), digest.finalize().hex(), key_id)


def is_key(data: bytes) -> bool:
    """Whether a file holds a public key alone."""
    return data.lstrip().startswith(_KEY)


def _certificates(data: bytes) -> Iterator[x509.Certificate]:
    count = data.count(_BEGIN)
    if count > MAX_CERTIFICATES:
        raise AuthorityProblem("authority_too_many", count=count, limit=MAX_CERTIFICATES)
    if not count:
        yield x509.load_der_x509_certificate(data)
    for part in data.split(_BEGIN)[1:]:
        body, end, _rest = part.partition(_END)
        yield x509.load_pem_x509_certificate(_BEGIN + body + end)


def _certificate(certificate: x509.Certificate) -> AuthorityFile:
    name = common_name(certificate.subject)
    if not may_issue(certificate):
        raise AuthorityProblem("authority_is_person", name=name)
    key = usable_key(certificate.public_key())
    return AuthorityFile(
        pem=certificate.public_bytes(Encoding.PEM).decode("ascii"),
        sha256=certificate.fingerprint(SHA256()).hex(),
        key_id=x509.SubjectKeyIdentifier.from_public_key(key).digest.hex(),
        name=name,
        issuer=common_name(certificate.issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
    )
