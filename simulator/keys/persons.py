"""The certification authority of the simulator: personal certificates with a RUT (PROTOCOL 0.4)."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

from ..state.store import Store

HOLDER_RUT = ObjectIdentifier("1.3.6.1.4.1.8321.1")
AUTHORITY_RUT = ObjectIdentifier("1.3.6.1.4.1.8321.2")
_CA_RUT = "99999999-9"
_CA_NAME = "Simulador SII Autoridad Certificadora de Prueba"


@dataclass(frozen=True, slots=True)
class Person:
    """A person's certificate and key, as the file a browser exports and as PEM."""

    pfx: bytes
    password: str
    certificate_pem: str
    key_pem: str

    def __repr__(self) -> str:
        return "Person(...)"


class PersonAuthority:
    """Certifies persons with a root made at first start and kept."""

    def __init__(self, store: Store):
        kept = store.get("person_authority")
        if kept is None:
            key = rsa.generate_private_key(65537, 2048)
            certificate = _root(key)
            store.put("person_authority", {"key": _key_pem(key), "certificate": _pem(certificate)})
        else:
            key = load_pem_private_key(kept["key"].encode(), None)
            certificate = x509.load_pem_x509_certificate(kept["certificate"].encode())
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("the stored authority key is no RSA key")
        self._key = key
        self.certificate = certificate

    def pem(self) -> str:
        return _pem(self.certificate)

    def issue(self, rut: str, name: str, start: datetime, end: datetime) -> Person:
        """A certificate of a natural person, valid between two aware instants."""
        key = rsa.generate_private_key(65537, 2048)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(_name(name, rut))
            .issuer_name(self.certificate.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start.astimezone(UTC))
            .not_valid_after(end.astimezone(UTC))
            .add_extension(x509.BasicConstraints(False, None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName([x509.OtherName(HOLDER_RUT, _ia5(rut))]), False
            )
            .add_extension(
                x509.IssuerAlternativeName([x509.OtherName(AUTHORITY_RUT, _ia5(_CA_RUT))]), False
            )
            .sign(self._key, SHA256())
        )
        password = secrets.token_urlsafe(12)
        pfx = pkcs12.serialize_key_and_certificates(
            name.encode(),
            key,
            certificate,
            [self.certificate],
            BestAvailableEncryption(password.encode()),
        )
        return Person(pfx, password, _pem(certificate), _key_pem(key))


def _root(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = _name(_CA_NAME, _CA_RUT)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 12, 31, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(True, 0), critical=True)
        .sign(key, SHA256())
    )


def _name(name: str, rut: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CL"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, rut),
        ]
    )


def _ia5(text: str) -> bytes:
    """DER of an IA5String; RUTs are far below the 128 bytes of a short length."""
    return bytes([0x16, len(text)]) + text.encode("ascii")


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _key_pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    ).decode()
