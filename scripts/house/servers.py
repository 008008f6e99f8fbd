"""The two servers of the demo, started as child processes and ended with us."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence

from . import odoo_process, paths
from .progress import StepError

START_SECONDS = 90
STOP_SECONDS = 20
_running: dict[str, subprocess.Popen] = {}


@contextlib.contextmanager
def simulator() -> Iterator[str]:
    """The simulated SII, with its data in ``.odoo/simulator``; gives its URL."""
    port = free_port(8765)
    command = [paths.PYTHON, "-m", "simulator", "--port", port, "--data", paths.SIMULATOR_DATA]
    with _server("simulator", command, f"http://127.0.0.1:{port}", "/api/state") as url:
        yield url


@contextlib.contextmanager
def odoo(database: str, cron_threads: int = 2) -> Iterator[str]:
    """Odoo with its cron threads on one database; gives its URL."""
    port = free_port(8069)
    arguments = ["-d", database, "--db-filter", f"^{database}$", "--http-port", str(port)]
    command = odoo_process.command(
        *arguments, "--max-cron-threads", str(cron_threads), "--no-database-list"
    )
    with _server("odoo", command, f"http://127.0.0.1:{port}", "/web/login") as url:
        yield url


def free_port(preferred: int) -> int:
    """The preferred port of this machine, or any free one when it is busy."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise StepError("Network", "No port is free on 127.0.0.1.")


@contextlib.contextmanager
def _server(name: str, command: Sequence[object], url: str, ready: str) -> Iterator[str]:
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    log = paths.LOGS / f"{name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=paths.ROOT,
            env=paths.child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches us alone, and we end it in order.
            start_new_session=True,
        )
    try:
        _wait_until_ready(name, process, url + ready)
        _running[name] = process
        yield url
    finally:
        _running.pop(name, None)
        _stop(process)


def check_running() -> None:
    """Raises StepError when one of the servers has ended by itself."""
    for name, process in _running.items():
        if process.poll() is not None:
            log = paths.LOGS / f"{name}.log"
            title = f"{name} has ended by itself, with code {process.returncode}"
            raise StepError(title, f"Read its log: {log}", log.read_text()[-2000:])


def _wait_until_ready(name: str, process: subprocess.Popen, url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=START_SECONDS).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    log = paths.LOGS / f"{name}.log"
    raise StepError(f"Start of {name}", f"Read its log: {log}", log.read_text()[-2000:])


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # what it may have started and left
    process.wait()
