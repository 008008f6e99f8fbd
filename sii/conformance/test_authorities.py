"""The authorities that the register publishes, and who signed the genuine documents."""

import csv
from datetime import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sii.authority import authorities, chain
from sii.authority import file as authority_file
from sii.authority.authorities import Recognition, Store, from_pem
from sii.authority.chain import Trust
from sii.clock import CHILE
from sii.received import verification
from sii.xml import reader


@pytest.fixture(scope="module")
def rows(reference):
    """The table's rows that have a file, which is read."""
    with (reference / "tables" / "authorities.csv").open(encoding="utf-8") as file:
        found = [row for row in csv.DictReader(file) if row["file"]]
    folder = reference / "certs" / "authorities"
    return [{**row, "pem": (folder / row["file"]).read_bytes()} for row in found]


@pytest.fixture(scope="module")
def certificates(rows):
    return [row["pem"] for row in rows if not row["file"].endswith(".pub.pem")]


@pytest.fixture(scope="module")
def store(rows):
    known = [
        from_pem(
            row["pem"].decode(),
            row["ca_name"],
            Recognition.KEY if row["file"].endswith(".pub.pem") else Recognition.ACCREDITED,
            True,
        )
        for row in rows
    ]
    assert len(known) == 66
    return Store(known)


def test_every_certificate_of_the_register_is_an_authority(certificates):
    assert len(certificates) == 62
    for pem in certificates:
        [read] = authority_file.read(pem)
        assert read.name and read.valid_from < read.valid_until


def test_every_authority_was_signed_by_one_of_them_and_signs_no_documents(certificates, store):
    for certificate in map(x509.load_pem_x509_certificate, certificates):
        named = list(store.candidates(certificate))
        assert any(authorities.is_issued(certificate, each.key) for each in named)
        der, at = certificate.public_bytes(Encoding.DER), certificate.not_valid_before_utc
        verdict = chain.judge(der, at, store)
        assert (verdict.trust, verdict.reason) == (Trust.BROKEN, "is_authority")


def signers(path):
    """(certificate, moment) of the documents in a file."""
    for xml in reader.fragments(path.read_bytes()):
        root = reader.parse(xml)
        signed_at = reader.text_of(root[0], "TmstFirma")
        yield (
            verification.verify(xml).certificate_der,
            datetime.fromisoformat(signed_at).replace(tzinfo=CHILE),
        )


def test_genuine_documents_are_signed_under_keys_that_are_recognised(reference, store):
    found = {}
    for path in sorted((reference / "samples" / "dte").glob("*.xml")):
        [(der, at)] = signers(path)
        found[path.name] = verdict = chain.judge(der, at, store)
        assert verdict.rut and verdict.holder and verdict.issuer
        if verdict.authority:
            late = chain.judge(der, datetime(2040, 1, 1, tzinfo=CHILE), store)
            assert (late.trust, late.reason) == (Trust.EXPIRED, "expired")
    # the only issuer of whom nothing but its name is known
    unknown = {name: each.issuer for name, each in found.items() if each.trust is Trust.UNKNOWN}
    assert unknown == {"33-60910000-1-2336600.xml": "E-Sign Class 2 Firma Tributaria CA"}
    assert {each.trust for each in found.values()} == {Trust.UNKNOWN, Trust.RECOGNISED}


def test_the_document_of_2003_is_signed_under_an_accredited_authority(reference, store):
    path = reference / "samples" / "envelopes" / "EnvioDTE-F60T33-official.xml"
    [(der, at)] = signers(path)
    verdict = chain.judge(der, at, store)
    assert (verdict.trust, verdict.sha1) == (Trust.ACCREDITED, True)
