"""The program that opens a PKCS#12 file: JSON in, JSON out, stopped after two seconds of processor.

Run by ``pfx``, outside of the package: it imports nothing of it.
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


def _open(asked: dict[str, str]) -> dict[str, Any]:
    try:
        store = pkcs12.load_pkcs12(base64.b64decode(asked["pfx"]), asked["password"].encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        return {"failure": str(error)}
    bundled = [entry.certificate for entry in (store.cert, *store.additional_certs) if entry]
    pem = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return {
        "key": store.key.private_bytes(*pem).decode() if store.key else None,
        "certificates": [each.public_bytes(Encoding.PEM).decode() for each in bundled],
    }


if __name__ == "__main__":
    _limit()
    json.dump(_open(json.load(sys.stdin)), sys.stdout)
