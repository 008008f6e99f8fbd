"""The two servers of the demo, started as child processes and ended with us."""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence

import psutil

from . import odoo_process, paths
from .progress import StepError

START_SECONDS = 90
LOOK_SECONDS = 0.2
TRIES = 3
STOP_SECONDS = 20
_running: dict[str, subprocess.Popen] = {}


@contextlib.contextmanager
def simulator() -> Iterator[str]:
    """The simulated SII, with its data in ``.odoo/simulator``; gives its URL."""

    def command(port: int) -> list[object]:
        return [paths.PYTHON, "-m", "simulator", "--port", port, "--data", paths.SIMULATOR_DATA]

    with _server("simulator", command, 8765, "/api/state") as url:
        yield url


@contextlib.contextmanager
def odoo(database: str, cron_threads: int = 2) -> Iterator[str]:
    """Odoo with its cron threads on one database; gives its URL."""

    def command(port: int) -> list[object]:
        arguments = ["-d", database, "--db-filter", f"^{database}$", "--http-port", str(port)]
        return odoo_process.command(
            *arguments, "--max-cron-threads", str(cron_threads), "--no-database-list"
        )

    with _server("odoo", command, 8069, "/web/login") as url:
        yield url


def free_port(preferred: int) -> int:
    """The preferred port of this machine, or any free one when it is busy.

    Another process may take it before ours does: see ``_start``.
    """
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise StepError("Network", "No port is free on 127.0.0.1.")


class _PortTaken(Exception):
    """Somebody else listens on the port that we gave to our child."""


@contextlib.contextmanager
def _server(
    name: str, command: Callable[[int], Sequence[object]], preferred: int, ready: str
) -> Iterator[str]:
    """A child that serves, on the preferred port or another one.

    command: from the port to the command line. ready: a page that answers when it is.
    """
    process, url = _start(name, command, preferred, ready)
    _running[name] = process
    try:
        yield url
    finally:
        _running.pop(name, None)
        _stop(process)


def _start(name, command, preferred, ready) -> tuple[subprocess.Popen, str]:
    for wanted in (preferred, *[0] * TRIES):
        port = free_port(wanted)
        url = f"http://127.0.0.1:{port}"
        process = _spawn(name, command(port))
        try:
            _wait_until_ready(name, process, port, url + ready)
            return process, url
        except _PortTaken:
            _stop(process)
        except BaseException:
            _stop(process)
            raise
    raise StepError(f"Start of {name}", "Other programs took every port that was tried. Try again.")


def _spawn(name: str, command: Sequence[object]) -> subprocess.Popen:
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    with (paths.LOGS / f"{name}.log").open("w") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=paths.ROOT,
            env=paths.child_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches us alone, and we end it in order.
            start_new_session=True,
        )


def check_running() -> None:
    """Raises StepError when one of the servers has ended by itself."""
    for name, process in _running.items():
        if process.poll() is not None:
            log = paths.LOGS / f"{name}.log"
            title = f"{name} has ended by itself, with code {process.returncode}"
            raise StepError(title, f"Read its log: {log}", log.read_text()[-2000:])


def _wait_until_ready(name: str, process: subprocess.Popen, port: int, url: str) -> None:
    """Until the very child that we started answers: another one's answer is none of ours.

    :raises _PortTaken: somebody else listens there.
    :raises StepError: the child ended, or takes too long.
    """
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if _listens(process, port):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(url, timeout=START_SECONDS).close()
                return
        elif _is_taken(port) and not _listens(process, port):
            raise _PortTaken
        time.sleep(LOOK_SECONDS)
    if process.poll() is not None and _is_taken(port):
        raise _PortTaken
    log = paths.LOGS / f"{name}.log"
    raise StepError(f"Start of {name}", f"Read its log: {log}", log.read_text()[-2000:])


def _listens(process: subprocess.Popen, port: int) -> bool:
    """Whether the child, or one of its own, listens on the port."""
    try:
        child = psutil.Process(process.pid)
        family = [child, *child.children(recursive=True)]
        found = [each for one in family for each in one.connections("tcp")]
    except psutil.Error:
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in found)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # what it may have started and left
    process.wait()
