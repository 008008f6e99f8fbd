"""One measurement in a process of its own, so that neither memory nor warmth is shared."""

import json
import pickle
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .desk import Desk
from .engines import ENGINES

_WARM_UP = 5
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Sample:
    """seconds: of processor time, which other programs do not lengthen. peak: megabytes."""

    count: int
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        """Documents a second on one core."""
        return self.count / self.seconds


def measure(engine: str, desk: Desk, count: int) -> Sample:
    """Let the engine emit an envelope of so many documents; keys and schemas are read before."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, engine, str(count)],
        input=pickle.dumps(desk),
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        timeout=_PATIENCE,
        check=True,
    )
    return Sample(**json.loads(done.stdout))


def _measure_here(name: str, desk: Desk, count: int) -> Sample:
    engine = ENGINES[name](desk)
    engine.emit(_WARM_UP)
    start = time.process_time()
    engine.emit(count)
    return Sample(count, time.process_time() - start, peak())


def peak() -> float:
    """The most memory this process ever had; ``getrusage`` would count its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes.split()[1]) / 1024


if __name__ == "__main__":
    sample = _measure_here(sys.argv[1], pickle.loads(sys.stdin.buffer.read()), int(sys.argv[2]))
    print(json.dumps(asdict(sample)))
