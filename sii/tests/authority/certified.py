"""Authorities and persons made at run time, right and wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sii.signature.certificates import RUT_OID

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
PERSON_RUT = "12345678-5"
# made once: keys are what takes time
KEYS = [rsa.generate_private_key(65537, 2048) for _ in range(5)]


def name(text: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "CL"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, text),
        ]
    )


def usage(**bits: bool) -> x509.KeyUsage:
    every = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{each: bits.get(each, False) for each in every.split()})


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def public_pem(self) -> str:
        key = self.key.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def certify(
    subject: str,
    key: rsa.RSAPrivateKey,
    by: Holder | None = None,
    *,
    issuer: str = "",
    start: datetime = NOW - YEAR,
    end: datetime = NOW + YEAR,
    extensions: tuple = (),
    critical: tuple = (),
) -> Holder:
    """A certificate. by: None signs itself. issuer: another name than the signer's."""
    above = name(issuer) if issuer else (by.certificate.subject if by else name(subject))
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    for each in extensions:
        builder = builder.add_extension(each, critical=False)
    for each in critical:
        builder = builder.add_extension(each, critical=True)
    return Holder(builder.sign(by.key if by else key, SHA256()), key)


def authority(
    subject: str = "CA de prueba", by: Holder | None = None, key: int = 0, length=None, **values
) -> Holder:
    """An authority's certificate; a root unless ``by`` is given."""
    basic = x509.BasicConstraints(True, length)
    signs = usage(key_cert_sign=True, crl_sign=True)
    return certify(subject, KEYS[key], by, critical=(basic, signs), **values)


def rut(text: str = PERSON_RUT) -> x509.SubjectAlternativeName:
    value = bytes([0x16, len(text)]) + text.encode()
    return x509.SubjectAlternativeName([x509.OtherName(RUT_OID, value)])


def person(by: Holder | None, key: int = 1, extensions: tuple | None = None, **values) -> Holder:
    """A person's certificate as the field has them."""
    usual = (rut(), usage(digital_signature=True, content_commitment=True))
    return certify(
        "ANA SOTO", KEYS[key], by, extensions=usual if extensions is None else extensions, **values
    )


def with_sha1(holder: Holder, by: Holder) -> bytes:
    """DER of the certificate as an older authority would have signed it; none does now."""
    sha256, sha1 = bytes.fromhex("2a864886f70d01010b"), bytes.fromhex("2a864886f70d010105")
    signed = holder.certificate.tbs_certificate_bytes.replace(sha256, sha1)
    signature = by.key.sign(signed, padding.PKCS1v15(), SHA1())
    return holder.der.replace(sha256, sha1)[: -len(signature)] + signature
