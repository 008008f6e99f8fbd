"""What a piece of work costs, measured in a process of its own."""

import ctypes
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """seconds: of the processor. megabytes: of memory, at the most, beyond what there was before.
    error: what it raised, or nothing."""

    seconds: float
    megabytes: float
    error: str


def of(work: Callable[[], object]) -> Cost:
    """Runs the work in a copy of this process, so that its memory is seen apart."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            os.write(writing, json.dumps(_measured(work)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return Cost(*json.loads(answer))


def _measured(work: Callable[[], object]) -> tuple[float, float, str]:
    ctypes.CDLL(None).malloc_trim(0)  # free memory would be used first, unseen
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts again
    before = _memory("VmRSS")
    started = time.process_time()
    error = ""
    try:
        work()
    except Exception as raised:  # noqa: BLE001 - the test decides whether it may be
        error = f"{type(raised).__module__}.{type(raised).__name__}: {raised}"[:200]
    return time.process_time() - started, (_memory("VmHWM") - before) / 1024, error


def _memory(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
