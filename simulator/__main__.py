"""``python -m simulator``: serve until stopped."""

import argparse
import signal
import threading
from pathlib import Path

from .office import ENVIRONMENTS
from .simulator import Simulator


def main() -> None:
    parser = argparse.ArgumentParser(prog="simulator", description="A strict SII on this machine.")
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder that keeps everything between runs")
    parser.add_argument("--schemas", type=Path, help="folder of newer official XSD files")
    parser.add_argument("--environment", choices=ENVIRONMENTS, default=ENVIRONMENTS[0])
    options = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    simulator = Simulator(options.data, options.port, options.schemas, options.environment)
    with simulator:
        print(f"simulator: {simulator.url}", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
