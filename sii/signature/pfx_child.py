"""The program that opens a PKCS#12 file or a PEM key: JSON in, JSON out.

It is stopped after two seconds of processor. Run by ``pfx``, outside of the package, of which
it imports nothing.
"""

import base64
import json
import os
import sys
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

_CPU_SECONDS = 2
_MEMORY_BYTES = 1 << 30


def _limit() -> None:
    if os.name != "posix":
        return  # there its parent's clock alone stops it
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


_PLAIN = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _open(asked: dict[str, str]) -> dict[str, Any]:
    try:
        return _open_key(asked) if "pem" in asked else _open_store(asked)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        return {"failure": str(error)}


def _open_key(asked: dict[str, str]) -> dict[str, Any]:
    password = asked["password"].encode() or None
    key = load_pem_private_key(base64.b64decode(asked["pem"]), password)
    return {"key": key.private_bytes(*_PLAIN).decode()}


def _open_store(asked: dict[str, str]) -> dict[str, Any]:
    store = pkcs12.load_pkcs12(base64.b64decode(asked["pfx"]), asked["password"].encode())
    bundled = [entry.certificate for entry in (store.cert, *store.additional_certs) if entry]
    return {
        "key": store.key.private_bytes(*_PLAIN).decode() if store.key else None,
        "certificates": [each.public_bytes(Encoding.PEM).decode() for each in bundled],
    }


if __name__ == "__main__":
    _limit()
    json.dump(_open(json.load(sys.stdin)), sys.stdout)
