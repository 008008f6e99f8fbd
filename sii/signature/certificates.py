"""Reading a signing certificate from the files people have: .pfx (.p12) or PEM (PROTOCOL 0.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    load_pem_private_key,
)

from .. import clock, libraries, rut
from ..errors import CertificateProblem, InvalidRut
from . import pfx, signing
from .rsa_sha1 import number_base64
from .signer import Signer

RUT_OID = x509.ObjectIdentifier("1.3.6.1.4.1.8321.1")
"""otherName of the subjectAltName that holds the person's RUT."""

# 1.2.840.113549.1.12.1.5 and .6 in DER: PKCS#12 encryption with RC2 of 128 and 40 bits.
_RC2_OIDS = tuple(bytes.fromhex("2a864886f70d010c01") + bytes([kind]) for kind in (5, 6))
_RC2_REMEDY = "openssl pkcs12 -legacy -in old.pfx -nodes | openssl pkcs12 -export -out new.pfx"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a PKCS#12 file held. key: PEM without password. certificate: PEM of that key's one."""

    key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
    signer: Signer


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it is. rut: None when it does not state it. valid_until: aware."""

    name: str
    rut: str | None
    valid_until: datetime


def open_pfx(data: bytes, password: str) -> Opened:
    """The key and certificates in a PKCS#12 file, within bounds. Raises CertificateProblem."""
    content = pfx.unpack(data, password)
    if "failure" in content:
        raise _pfx_problem(data, content["failure"])
    if not content["key"]:
        raise CertificateProblem("key_missing")
    if not content["certificates"]:
        raise CertificateProblem("pfx_without_certificate")
    key, bundled = content["key"].encode(), "".join(content["certificates"]).encode()
    signer = from_pem(bundled, key)
    certificate = x509.load_der_x509_certificate(signer.certificate_der)
    return Opened(key, certificate.public_bytes(Encoding.PEM), signer)


def from_pfx(data: bytes, password: str) -> Signer:
    """The signer in a PKCS#12 file. Raises CertificateProblem."""
    return open_pfx(data, password).signer


def holder(pem: bytes) -> Holder:
    """Whose certificate a PEM text is; its key is not looked at. Raises CertificateProblem."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise CertificateProblem("certificate_unreadable") from error
    return Holder(
        next(iter(_subject(certificate, x509.NameOID.COMMON_NAME)), ""),
        holder_rut(certificate),
        certificate.not_valid_after_utc,
    )


def plain_key(pem: bytes, password: str = "") -> bytes:
    """A private key's PEM without its password, within bounds. Raises CertificateProblem."""
    content = pfx.unpack_key(pem, password)
    if "failure" in content:
        raise CertificateProblem("key_unreadable")
    return content["key"].encode()


def from_pem(certificate: bytes, key: bytes, password: str | None = None) -> Signer:
    """The signer in PEM texts. certificate: may hold several. Raises CertificateProblem."""
    try:
        certificates = x509.load_pem_x509_certificates(certificate)
    except ValueError as error:
        raise CertificateProblem("certificate_unreadable") from error
    try:
        private_key = load_pem_private_key(key, password.encode() if password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # Not chained: the cause may quote the key.
        raise CertificateProblem("key_unreadable") from None
    return _signer(private_key, certificates)


def holder_rut(certificate: x509.Certificate) -> str | None:
    """RUT of the holder: subjectAltName first, then the subject's serialNumber; None if neither."""
    candidates = [
        *_other_names(certificate),
        *_subject(certificate, x509.NameOID.SERIAL_NUMBER),
    ]
    for candidate in candidates:
        try:
            return rut.canonical(candidate)
        except InvalidRut:
            continue  # some authorities put other numbers there
    return None


def _pfx_problem(data: bytes, reason: str) -> CertificateProblem:
    """Why a .pfx could not be read; wrong password and unknown cipher look alike to the loader."""
    if any(oid in data for oid in _RC2_OIDS) and not _can_read_rc2():
        return CertificateProblem("pfx_legacy_algorithm", algorithm="RC2", remedy=_RC2_REMEDY)
    if "password" in reason.lower():
        return CertificateProblem("pfx_password_wrong")
    return CertificateProblem("pfx_unreadable")


def _can_read_rc2() -> bool:
    try:
        Cipher(libraries.load("cryptography").RC2(bytes(16)), CBC(bytes(8))).decryptor()
    except UnsupportedAlgorithm:
        return False
    return True


def _signer(key: object, certificates: Sequence[x509.Certificate]) -> Signer:
    if key is None:
        raise CertificateProblem("key_missing")
    if not isinstance(key, RSAPrivateKey):
        raise CertificateProblem("key_not_rsa")
    if not certificates:
        raise CertificateProblem("certificate_missing")
    certificate = _matching(key, certificates)
    numbers = key.public_key().public_numbers()
    signer = Signer(
        certificate_der=certificate.public_bytes(Encoding.DER),
        rut=holder_rut(certificate),
        holder=next(iter(_subject(certificate, x509.NameOID.COMMON_NAME)), ""),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        modulus=number_base64(numbers.n),
        exponent=number_base64(numbers.e),
        key=signing.load_key(key),
    )
    signer.check_validity(clock.now())
    return signer


def _matching(key: RSAPrivateKey, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """The certificate of this key; among several one that is valid today, the longest."""
    public = key.public_key()
    matching = [each for each in certificates if each.public_key() == public]
    if not matching:
        raise CertificateProblem("key_mismatch")
    now = clock.now()
    return max(
        matching,
        key=lambda each: (
            each.not_valid_before_utc <= now <= each.not_valid_after_utc,
            each.not_valid_after_utc,
        ),
    )


def _other_names(certificate: x509.Certificate) -> list[str]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return []
    return [
        # DER of a short IA5String or UTF8String: tag, length, text.
        name.value[2:].decode("ascii", "replace")
        for name in names
        if isinstance(name, x509.OtherName) and name.type_id == RUT_OID
    ]


def _subject(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(attribute.value) for attribute in certificate.subject.get_attributes_for_oid(oid)]
