"""A package that is missing or does not fit stops what needs it, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from sii import libraries
from sii.errors import MissingLibrary
from sii.signature import signing

ROOT = Path(__file__).parents[3]
BLOCKED = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {name!r}:
            raise {error}("no " + name)

sys.meta_path.insert(0, Blocked())
import sii
from sii import libraries
for each in pkgutil.walk_packages(sii.__path__, "sii."):
    if not each.name.startswith(("sii.tests", "sii.conformance")):
        importlib.import_module(each.name)
print(sorted(libraries.unfit()), sorted(libraries.unfit(["xmlsec"])))
"""


def unfit_without(name, error="ImportError"):
    """The output of a process that imports every module of the library without that package."""
    command = [sys.executable, "-P", "-c", BLOCKED.format(name=name, error=error)]
    env = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("error", ["ImportError", "RuntimeError", "AttributeError"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cl_sii", "['cl-sii'] []"),
        ("pdf417gen", "['pdf417gen'] []"),
        ("pydantic", "['pydantic'] []"),
        ("qrcode", "['qrcode'] []"),
        ("xmlsec", "[] ['xmlsec']"),
        ("zeep", "['zeep'] []"),
    ],
)
def test_every_module_imports_without_it(name, expected, error):
    assert unfit_without(name, error) == expected


def test_too_old_is_unfit(monkeypatch):
    monkeypatch.setitem(libraries._ALL, "pydantic", ("json", ("TypeAdapter",)))
    libraries._loaded.cache_clear()
    try:
        assert "TypeAdapter" in libraries.unfit()["pydantic"]
        with pytest.raises(MissingLibrary) as raised:
            libraries.load("pydantic")
        assert raised.value.data["package"] == "pydantic"
    finally:
        libraries._loaded.cache_clear()


def test_both_sign_alike(test_certificate):
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(test_certificate.key_pem, None)
    by_xmlsec = signing.XmlsecKey(key, libraries.load("xmlsec"))
    for data in (b"", b"<SignedInfo/>", "Ñandú".encode() * 1000):
        assert signing.CryptographyKey(key).sign(data) == by_xmlsec.sign(data)
