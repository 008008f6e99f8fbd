"""The machine the figures are of."""

import os
import platform
import re
import ssl
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("lxml", "xmlsec", "cryptography", "cl-sii")


def describe() -> str:
    """Processor, cores, load and versions, on two lines."""
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    processor = found[1] if found else platform.machine()
    load = os.getloadavg()[0]
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{processor}, {os.cpu_count()} cores, load {load:.1f}\n"
        f"Python {platform.python_version()}, {ssl.OPENSSL_VERSION}, {packages}"
    )
