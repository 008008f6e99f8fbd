import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).parents[3] / "shared" / "sii"


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of genuine documents, schemas and service descriptions."""
    folder = Path(os.environ.get("SII_REFERENCE") or _DEFAULT)
    if not folder.is_dir():
        pytest.fail(f"no reference folder at {folder}: name it in SII_REFERENCE")
    return folder
