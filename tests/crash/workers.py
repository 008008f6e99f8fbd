"""Odoo as it is served: a master that forks workers for requests and for scheduled jobs."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

import psutil
import requests
from house import paths, servers
from patience import until

HERE = Path(__file__).parent
LOOK_SECONDS = 20


class Odoo:
    """The processes that serve one database.

    :param http: how many workers answer requests.
    :param cron: how many workers run scheduled jobs.
    """

    def __init__(self, database: str, http: int, cron: int) -> None:
        self.database = database
        self._numbers = ["--workers", str(http), "--max-cron-threads", str(cron)]
        self._log = paths.LOGS / f"crash_{http}_{cron}.log"
        paths.LOGS.mkdir(parents=True, exist_ok=True)
        self._log.unlink(missing_ok=True)
        self.url = ""
        self.start()

    def start(self) -> None:
        port, websocket = servers.free_port(0), servers.free_port(0)
        self.url = f"http://127.0.0.1:{port}"
        options = ["-d", self.database, "--db-filter", f"^{self.database}$", "--no-database-list"]
        options += ["--http-port", str(port), "--gevent-port", str(websocket), *self._numbers]
        python = [str(paths.PYTHON), str(paths.ODOO_LAUNCHER), "-c", str(paths.ODOO_CONFIG)]
        with self._log.open("a") as log:
            self._master = subprocess.Popen(
                [*python, *options],
                # Also for what the master starts: this folder is not where modules come from.
                env=paths.child_environment() | {"PYTHONSAFEPATH": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._answers)

    def _answers(self) -> bool:
        assert self._master.poll() is None, f"Odoo ended: see {self._log}"
        try:
            return requests.get(f"{self.url}/web/health", timeout=LOOK_SECONDS).ok
        except requests.ConnectionError:
            return False

    def start_if_ended(self) -> None:
        """As the system's service manager does: Odoo's master ends when it cannot reach PostgreSQL
        while it forks a worker."""
        if self._master.poll() is not None:
            self.start()

    def kill_worker(self, cron: bool) -> None:
        """Kill one worker, as the system does when memory ends; the master forks another.

        :param cron: one that runs scheduled jobs, else one that answers requests.
        """
        worker = next(child for child in self._workers() if (child.nice() > 0) == cron)
        worker.kill()
        until(lambda: not worker.is_running())

    def _workers(self) -> list[psutil.Process]:
        """What the master forked; those for scheduled jobs run at lower priority."""
        children = psutil.Process(self._master.pid).children()
        return [child for child in children if "gevent" not in child.cmdline()]

    def kill_all(self) -> None:
        """Kill the master and whatever it forked, as a loss of power does."""
        with contextlib.suppress(ProcessLookupError):  # it had ended
            os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait()
