"""Whose certificate it is: where Chilean authorities write the RUT."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from client import Client
from conftest import enrol
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier
from signing import Signer

from simulator import Simulator

HOLDER = ObjectIdentifier("1.3.6.1.4.1.8321.1")


@pytest.fixture
def client(tmp_path):
    with Simulator(tmp_path) as sii:
        enrol(sii)
        yield Client(sii.url, certified(tmp_path))


def certified(folder, serial="", alternative=b"") -> Signer:
    """A signer certified by the simulator's authority, its RUT written where the test asks."""
    kept = sqlite3.connect(folder / "sii.sqlite3")
    (row,) = kept.execute("SELECT value FROM meta WHERE key = 'person_authority'")
    kept.close()
    authority = json.loads(row[0])
    issuer = x509.load_pem_x509_certificate(authority["certificate"].encode())
    key = rsa.generate_private_key(65537, 2048)
    names = [x509.NameAttribute(NameOID.COMMON_NAME, "Ana")]
    if serial:
        names.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
    )
    if alternative:
        name = x509.OtherName(HOLDER, alternative)
        builder = builder.add_extension(x509.SubjectAlternativeName([name]), critical=False)
    certificate = builder.sign(load_pem_private_key(authority["key"].encode(), None), SHA256())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return Signer(certificate.public_bytes(Encoding.PEM).decode(), pem.decode())


def estado(client: Client) -> str:
    return dict(client.call("getToken", client.signed_seed()))["ESTADO"]


def test_nowhere(client):
    assert estado(client) == "-07"


@pytest.mark.parametrize(
    "names",
    [
        {"serial": "12345678-5"},
        {"serial": "12.345.678-5"},
        {"alternative": b"\x16\x0a12345678-5"},
        {"alternative": b"\x0c\x0a12345678-5"},
        {"serial": "1-1", "alternative": b"\x16\x0a12345678-5"},
        {"serial": "12345678-5", "alternative": b"\x16\x03n/a"},
    ],
)
def test_in_the_alternative_name_or_the_serial_number(client, tmp_path, names):
    client.signer = certified(tmp_path, **names)
    assert estado(client) == "00"


def test_wrong_check_digit(client, tmp_path):
    client.signer = certified(tmp_path, serial="12345678-9")
    assert estado(client) == "-07"
