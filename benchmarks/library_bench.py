"""The library against its yardsticks, taking turns so that a busy machine is unfair to nobody."""

import statistics
from collections.abc import Callable

from simulator import Simulator

from .desk import Desk
from .engines import BARE, EMITTERS, ENGINES, LIBRARY, LIMIT
from .measure import Sample, measure
from .office import accepts, open_desk

COUNT = 500
SIZES = (50, 500, 1000, 2000)
ROUNDS = 5
_JUDGED = 3


def run(write: Callable[[str], None]) -> None:
    """Measure and report. Raises RuntimeError when an engine's documents are not accepted."""
    with Simulator() as sii:
        desk = open_desk(sii, max(SIZES))
        _judge(sii, desk)
    samples: dict[str, list[Sample]] = {name: [] for name in ENGINES}
    for _ in range(ROUNDS):
        for name in ENGINES:
            samples[name].append(measure(name, desk, COUNT))
    write(f"Envelope of {COUNT} facturas of three lines, medians of {ROUNDS} processes each")
    write(f"{'':58}{'DTE/s':>8}{'of bare':>9}{'of RSA':>8}{'peak MB':>9}")
    rates = {name: _median(taken) for name, taken in samples.items()}
    for name, taken in samples.items():
        peak = statistics.median(sample.peak for sample in taken)
        shares = f"{rates[name] / rates[BARE]:>9.0%}{rates[name] / rates[LIMIT]:>8.0%}"
        write(f"{name:58}{rates[name]:>8,.0f}{shares}{peak:>9.0f}")
    write("")
    write(f"{'Size of the library' + chr(39) + 's envelope':58}{'DTE/s':>8}{'peak MB':>26}")
    for size in SIZES:
        taken = [measure(LIBRARY, desk, size) for _ in range(ROUNDS)]
        peak = statistics.median(sample.peak for sample in taken)
        write(f"{size:<58,}{_median(taken):>8,.0f}{peak:>26.0f}")


def _judge(sii: Simulator, desk: Desk) -> None:
    """Fast and wrong does not count: each engine's documents pass the strict SII first."""
    for position, (name, engine) in enumerate(EMITTERS.items()):
        if not accepts(sii, desk, engine(desk).emit(_JUDGED, 1 + position * _JUDGED)):
            raise RuntimeError(f"Not accepted by the SII: {name}")


def _median(samples: list[Sample]) -> float:
    return statistics.median(sample.rate for sample in samples)
