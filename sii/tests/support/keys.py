"""Keys, certificates and CAFs made at run time, by code that shares nothing with the library."""

import base64
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

TEST_IDK = 666
RUT_OID = x509.ObjectIdentifier("1.3.6.1.4.1.8321.1")


def small_key(exponent: int) -> rsa.RSAPrivateKey:
    """A 512-bit key as the SII makes them; only the openssl command still generates these."""
    flag = {3: "-3", 65537: "-F4"}[exponent]
    command = ["openssl", "genrsa", "-traditional", flag, "512"]
    pem = subprocess.run(command, check=True, capture_output=True).stdout
    return serialization.load_pem_private_key(pem, None)


def private_pem(key: rsa.RSAPrivateKey) -> bytes:
    """PKCS#1 PEM without password, as CAF files carry it."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    """SubjectPublicKeyInfo PEM."""
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def number_base64(number: int) -> str:
    """Unsigned big-endian number in base64."""
    return base64.b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).decode()


def caf_file(
    authority: rsa.RSAPrivateKey,
    key: rsa.RSAPrivateKey,
    *,
    rut: str = "76086428-5",
    name: str = "CAÑERÍAS Y ÑANDÚES LTDA",
    kind: int = 33,
    first: int = 1,
    last: int = 100,
    authorised_on: date = date(2026, 3, 2),
    idk: int = TEST_IDK,
) -> bytes:
    """A CAF file shaped like the SII's: no encoding declared, ISO-8859-1 bytes, one tag a line."""
    numbers = key.public_key().public_numbers()
    da = (
        f"<DA>\n<RE>{rut}</RE>\n<RS>{name}</RS>\n<TD>{kind}</TD>\n"
        f"<RNG><D>{first}</D><H>{last}</H></RNG>\n<FA>{authorised_on}</FA>\n"
        f"<RSAPK><M>{number_base64(numbers.n)}</M><E>{number_base64(numbers.e)}</E></RSAPK>\n"
        f"<IDK>{idk}</IDK>\n</DA>"
    )
    flat = da.replace("\n", "").encode("iso-8859-1")
    frma = base64.b64encode(authority.sign(flat, padding.PKCS1v15(), hashes.SHA1())).decode()
    return (
        f'<?xml version="1.0"?>\n<AUTORIZACION>\n<CAF version="1.0">\n{da}\n'
        f'<FRMA algoritmo="SHA1withRSA">{frma}</FRMA>\n</CAF>\n'
        f"<RSASK>{private_pem(key).decode()}</RSASK>\n\n"
        f"<RSAPUBK>{public_pem(key).decode()}</RSAPUBK>\n</AUTORIZACION>\n"
    ).encode("iso-8859-1")


@dataclass(frozen=True)
class TestCertificate:
    """A person's certificate with its key."""

    __test__ = False
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return private_pem(self.key)

    def pfx(self, password: str, others: tuple[x509.Certificate, ...] = ()) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"test",
            self.key,
            self.certificate,
            others,
            serialization.BestAvailableEncryption(password.encode()),
        )


def certificate(
    rut_in_san: str | None = "11111111-1",
    rut_in_subject: str | None = None,
    name: str = "MARÍA PÉREZ SOTO",
    key: rsa.RSAPrivateKey | None = None,
    valid_from: datetime | None = None,
    days: int = 36500,
) -> TestCertificate:
    """A self-signed certificate in the Chilean manner (PROTOCOL 0.4)."""
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    valid_from = valid_from or datetime(2020, 1, 1, tzinfo=UTC)
    attributes = [x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]
    if rut_in_subject:
        attributes.append(x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, rut_in_subject))
    subject = x509.Name(attributes)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + timedelta(days=days))
    )
    if rut_in_san:
        ia5 = b"\x16" + bytes([len(rut_in_san)]) + rut_in_san.encode()
        names = x509.SubjectAlternativeName([x509.OtherName(RUT_OID, ia5)])
        builder = builder.add_extension(names, critical=False)
    return TestCertificate(key, builder.sign(key, hashes.SHA256()))
