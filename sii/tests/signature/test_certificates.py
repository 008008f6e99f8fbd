import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keys
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from sii.errors import CertificateProblem
from sii.signature.certificates import from_pem, from_pfx

ROOT = Path(__file__).parents[3]


def _refused(code, read, *arguments):
    with pytest.raises(CertificateProblem) as caught:
        read(*arguments)
    assert caught.value.code == code
    return caught.value


def _legacy_pfx(test_certificate, password, tmp_path):
    """A .pfx as older authorities deliver it: certificate under RC2-40, key under 3DES."""
    pem, pfx = tmp_path / "in.pem", tmp_path / "old.pfx"
    pem.write_bytes(test_certificate.pem + test_certificate.key_pem)
    algorithms = ["-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"]
    command = ["openssl", "pkcs12", "-export", "-legacy", *algorithms]
    files = ["-in", str(pem), "-out", str(pfx), "-passout", f"pass:{password}"]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return pfx


def test_pfx(test_certificate):
    signer = from_pfx(test_certificate.pfx("clave Ñ"), "clave Ñ")
    assert signer.rut == "11111111-1"
    assert signer.holder == "MARÍA PÉREZ SOTO"
    assert signer.valid_from == datetime(2020, 1, 1, tzinfo=UTC)
    assert signer.exponent == "AQAB"


def test_pfx_and_pem_give_the_same(test_certificate):
    from_file = from_pfx(test_certificate.pfx("x"), "x")
    assert from_file == from_pem(test_certificate.pem, test_certificate.key_pem)


@pytest.mark.parametrize(
    ("in_san", "in_subject", "rut"),
    [
        ("12.345.678-5", None, "12345678-5"),
        ("12345678-5", "11111111-1", "12345678-5"),
        (None, "11111111-1", "11111111-1"),
        ("not a RUT", "11111111-1", "11111111-1"),
        (None, "00c0ffee", None),
        (None, None, None),
    ],
)
def test_rut_of_the_holder(in_san, in_subject, rut, test_certificate):
    made = keys.certificate(in_san, in_subject, key=test_certificate.key)
    assert from_pem(made.pem, made.key_pem).rut == rut


def test_wrong_password(test_certificate):
    _refused("pfx_password_wrong", from_pfx, test_certificate.pfx("right"), "wrong")
    _refused("pfx_password_wrong", from_pfx, test_certificate.pfx("right"), "")


@pytest.mark.parametrize("data", [b"", b"not a pfx", bytes(400)])
def test_file_that_is_no_pfx(data):
    _refused("pfx_unreadable", from_pfx, data, "x")


def test_old_pfx_is_read(test_certificate, tmp_path):
    pfx = _legacy_pfx(test_certificate, "vieja", tmp_path).read_bytes()
    assert from_pfx(pfx, "vieja").rut == "11111111-1"
    _refused("pfx_password_wrong", from_pfx, pfx, "otra")


def test_old_pfx_where_openssl_lacks_its_ciphers(test_certificate, tmp_path):
    """In a process of its own, since OpenSSL loads its providers once."""
    pfx = _legacy_pfx(test_certificate, "vieja", tmp_path)
    program = (
        "import sys; from sii.signature.certificates import from_pfx\n"
        "from sii.errors import CertificateProblem\n"
        "try: from_pfx(open(sys.argv[1], 'rb').read(), 'vieja')\n"
        "except CertificateProblem as problem: print(problem.code, problem.data['remedy'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(pfx)],
        cwd=ROOT,
        env={**os.environ, "CRYPTOGRAPHY_OPENSSL_NO_LEGACY": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert answer.stdout.startswith("pfx_legacy_algorithm openssl pkcs12 -legacy")


def test_among_several_certificates_the_one_of_the_key_that_is_valid(test_certificate):
    other = keys.certificate("22222222-2")
    expired = keys.certificate("11111111-1", key=test_certificate.key, days=30)
    pfx = expired.pfx("x", (other.certificate, test_certificate.certificate))
    assert from_pfx(pfx, "x").valid_until.year > 2100
    bundle = other.pem + expired.pem + test_certificate.pem
    assert from_pem(bundle, test_certificate.key_pem).valid_until.year > 2100


def test_key_of_another_certificate(test_certificate):
    other = keys.certificate()
    _refused("key_mismatch", from_pem, other.pem, test_certificate.key_pem)


def test_validity(test_certificate):
    now = datetime.now(UTC)
    past = keys.certificate(key=test_certificate.key, days=30)
    future = keys.certificate(key=test_certificate.key, valid_from=now + timedelta(days=1))
    _refused("certificate_expired", from_pem, past.pem, past.key_pem)
    _refused("certificate_not_yet_valid", from_pfx, future.pfx("x"), "x")


def test_broken_pem(test_certificate):
    _refused("certificate_unreadable", from_pem, b"", test_certificate.key_pem)
    error = _refused("key_unreadable", from_pem, test_certificate.pem, b"nothing")
    assert error.__cause__ is None


def test_key_under_password(test_certificate):
    locked = test_certificate.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    assert from_pem(test_certificate.pem, locked, "x").rut == "11111111-1"
    _refused("key_unreadable", from_pem, test_certificate.pem, locked)
    _refused("key_unreadable", from_pem, test_certificate.pem, locked, "y")


def test_key_that_is_not_rsa():
    made = keys.certificate(key=ec.generate_private_key(ec.SECP256R1()))
    _refused("key_not_rsa", from_pfx, made.pfx("x"), "x")


def test_pfx_without_key_or_certificate(test_certificate):
    lock = serialization.BestAvailableEncryption(b"x")
    no_key = pkcs12.serialize_key_and_certificates(
        None, None, None, [test_certificate.certificate], lock
    )
    no_certificate = pkcs12.serialize_key_and_certificates(
        b"n", test_certificate.key, None, None, lock
    )
    _refused("key_missing", from_pfx, no_key, "x")
    _refused("pfx_without_certificate", from_pfx, no_certificate, "x")


def test_repr_shows_no_key(signer, test_certificate):
    assert "PRIVATE" not in repr(signer)
    assert str(test_certificate.key.private_numbers().d) not in repr(signer)
    assert "key=" not in repr(signer)
