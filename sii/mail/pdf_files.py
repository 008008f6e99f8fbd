"""Whether the files inside of a PDF may be taken out of it by a reader without bounds.

Readers of PDF follow a file wherever it leads, in circles too, and unpack whatever it names. So a
process of its own (``pdf_child``) tries it first, with a limit on processor and memory.
"""

import os
import subprocess
import sys
from pathlib import Path

MAX_BYTES = 32 * 1024 * 1024
MAX_FILES = 100
MAX_EXPANSION, LEAST_UNPACKED = 16, 1024 * 1024
"""How many times its size the files of a PDF may have together, and what any may."""

_WALL_SECONDS = 20
_CHILD = Path(__file__).with_name("pdf_child.py")


def may_hold_files(data: bytes) -> bool:
    """Whether a PDF names files that are in it, as far as that is seen without reading it."""
    return b"EmbeddedFiles" in data or b"ObjStm" in data


def is_harmless(data: bytes) -> bool:
    """Whether the files in a PDF are found and unpacked within two seconds of processor and
    300 MB, and are no more and no bigger than the limits here. A damaged PDF is not harmless."""
    if len(data) > MAX_BYTES:
        return False
    limit = min(MAX_BYTES, max(LEAST_UNPACKED, MAX_EXPANSION * len(data)))
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_CHILD), str(MAX_FILES), str(limit)],
            input=data,
            capture_output=True,
            check=False,
            timeout=_WALL_SECONDS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
