"""Facturas mailed with their prints, a second: what a mail costs each of the processes."""

import json
import os
import statistics
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, postgres, servers

from . import odoo_shell

COUNT = 60
ROUNDS = 3
_MARK = "mailed: "
_AIM = 5
_CORES = 2
_PROCESSOR = ("odoo", "wkhtmltopdf", "postgres")


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the databases are dropped again."""
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        rounds = [_mailed(server, f"bench_mailed_{os.getpid()}") for _round in range(ROUNDS)]
    _report(write, rounds)


def _mailed(server: dict[str, str], name: str) -> dict[str, float]:
    databases.clone(server, name)
    try:
        databases.install(name, [addon_folders.linked()[0].name])
        with servers.odoo(name, cron_threads=0) as url:
            output = odoo_shell.call(name, "mailing", f"measure(env, {url!r}, {COUNT}, {_MARK!r})")
    finally:
        databases.drop(server, name)
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    return json.loads(line.removeprefix(_MARK))


def _report(write: Callable[[str], None], rounds: list[dict[str, float]]) -> None:
    write(f"A factura mailed with PDF and XML, of {COUNT}: medians of {ROUNDS} (least, most)")
    for figure in ("clock", *_PROCESSOR):
        values = sorted(1000 * each[figure] for each in rounds)
        middle = statistics.median(values)
        write(f"{f'ms of {figure}':24}{middle:8.0f} ({values[0]:.0f}, {values[-1]:.0f})")
    processor = statistics.median(sum(each[name] for name in _PROCESSOR) for each in rounds)
    lane = statistics.median(1 / each["clock"] for each in rounds)
    write(f"a second, one lane: {lane:.1f}; of {_CORES} cores at most {_CORES / processor:.1f}")
    write(f"queries: {statistics.median(each['queries'] for each in rounds):.0f}; the aim: {_AIM}")
