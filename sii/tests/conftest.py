"""Fixtures that need keys; each key is made once a session because 2048 bits take a moment."""

from datetime import datetime

import keys
import pytest

from sii.clock import CHILE
from sii.dte.caf import Caf, authority_from_pem
from sii.signature.certificates import from_pem


@pytest.fixture(scope="session")
def authority_key():
    """Who signs CAFs in the tests, as the SII does with its IDK 100 and 300."""
    return keys.small_key(65537)


@pytest.fixture(scope="session")
def authorities(authority_key):
    return {keys.TEST_IDK: authority_from_pem(keys.public_pem(authority_key))}


@pytest.fixture(scope="session")
def caf_key():
    return keys.small_key(3)


@pytest.fixture(scope="session")
def cafs(authority_key, authorities, caf_key):
    """One CAF per document type, folios 1 to 100."""
    return {
        kind: Caf.read(keys.caf_file(authority_key, caf_key, kind=kind), authorities)
        for kind in (33, 34, 46, 56, 61)
    }


@pytest.fixture(scope="session")
def test_certificate():
    return keys.certificate()


@pytest.fixture(scope="session")
def signer(test_certificate):
    return from_pem(test_certificate.pem, test_certificate.key_pem)


@pytest.fixture(scope="session")
def moment():
    """When the tests' documents are stamped and signed."""
    return datetime(2026, 3, 9, 21, 30, 5, tzinfo=CHILE)
