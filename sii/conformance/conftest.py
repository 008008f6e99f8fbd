"""What the SII and taxpayers published, to hold the library against; and keys to emit with.

The folder is named by SII_REFERENCE; by default it lies beside the repository.
"""

import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

import keys
import pytest

from sii.clock import CHILE
from sii.dte.caf import Caf, authority_from_pem
from sii.signature.certificates import from_pem
from sii.xml.schema import SchemaSet

DEFAULT_FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "sii"


@pytest.fixture(scope="session")
def reference() -> Path:
    folder = Path(os.environ.get("SII_REFERENCE") or DEFAULT_FOLDER)
    assert (folder / "schemas").is_dir(), f"no reference material in {folder}; set SII_REFERENCE"
    return folder


@pytest.fixture(scope="session")
def official(reference) -> SchemaSet:
    """The current schemas, loaded as a manager loads the SII's zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (reference / "schemas").glob("*.xsd"):
            archive.write(file, f"schema_dte/{file.name}")
    return SchemaSet.from_zip(buffer.getvalue())


@pytest.fixture(scope="session")
def signer():
    certificate = keys.certificate()
    return from_pem(certificate.pem, certificate.key_pem)


@pytest.fixture(scope="session")
def authority_key():
    return keys.small_key(65537)


@pytest.fixture(scope="session")
def authorities(authority_key):
    return {keys.TEST_IDK: authority_from_pem(keys.public_pem(authority_key))}


@pytest.fixture(scope="session")
def cafs(authority_key, authorities):
    """One CAF per document type, folios 1 to 100."""
    key = keys.small_key(3)
    return {
        kind: Caf.read(keys.caf_file(authority_key, key, kind=kind), authorities)
        for kind in (33, 34, 46, 56, 61)
    }


@pytest.fixture(scope="session")
def moment():
    """When the documents are stamped and signed."""
    return datetime(2026, 3, 9, 21, 30, 5, tzinfo=CHILE)
