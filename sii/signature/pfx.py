"""Opening a PKCS#12 file or a key with a password: in a process that is stopped in time.

A file may be made to cost a day: it states how many rounds its password takes, in places that
only opening it shows, and OpenSSL lets nothing else run meanwhile. So the work is done by a process
of its own (``pfx_child``), with a limit on processor and memory.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..errors import CertificateProblem

MAX_BYTES = 100_000
_WALL_SECONDS = 20
_CHILD = Path(__file__).with_name("pfx_child.py")


def unpack(data: bytes, password: str) -> dict[str, Any]:
    """``key`` (PEM or None) and ``certificates`` (PEMs), or the ``failure`` of the loader.

    Raises CertificateProblem: the file is too big, or costs too much.
    """
    if len(data) > MAX_BYTES:
        raise CertificateProblem("pfx_too_big", size=len(data), limit=MAX_BYTES)
    return _opened({"pfx": base64.b64encode(data).decode(), "password": password})


def unpack_key(pem: bytes, password: str) -> dict[str, Any]:
    """``key`` (PEM without password) of a PEM text, or the ``failure`` of the loader.

    Raises CertificateProblem as ``unpack`` does.
    """
    if len(pem) > MAX_BYTES:
        raise CertificateProblem("pfx_too_big", size=len(pem), limit=MAX_BYTES)
    return _opened({"pem": base64.b64encode(pem).decode(), "password": password})


def _opened(asked: dict[str, str]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            check=False,
            timeout=_WALL_SECONDS,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise CertificateProblem("pfx_too_costly") from None
    if done.returncode < 0:  # stopped by a signal: out of processor time
        raise CertificateProblem("pfx_too_costly")
    if done.returncode:
        cause = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise CertificateProblem("pfx_not_opened", cause="".join(cause)[:200])
    return json.loads(done.stdout)


def _environment() -> dict[str, str]:
    """Modules are found where this process finds them; keys of ours are not handed on."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("L10N_CL_")}
    return {**ours, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
