"""From posted to accepted: what a factura costs Odoo and PostgreSQL, beside posting it."""

import json
import os
import statistics
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, postgres

from . import odoo_shell

COUNT = 150
ROUNDS = 3
_MARK = "accepted: "
_GOALS = {"odoo": 0.045, "postgres": 0.012, "queries": 45, "commits": 4}


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the databases are dropped again."""
    name = f"bench_accepted_{os.getpid()}"
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        accepted = f"measure(env, {COUNT}, {_MARK!r})"
        rounds = [_figures(server, name, "accepted", accepted) for _round in range(ROUNDS)]
    write(f"Posted to accepted, a factura of {COUNT}: medians of {ROUNDS} processes (least, most)")
    for figure, goal in _GOALS.items():
        values = sorted(each[figure] for each in rounds)
        scale, unit = (1000, " ms of processor") if goal < 1 else (1, "")
        middle, least, most = (
            f"{scale * value:.1f}" for value in (statistics.median(values), values[0], values[-1])
        )
        write(f"{figure + unit:28}{middle:>8} ({least}, {most}); the aim is {scale * goal:.0f}")


def _figures(server: dict[str, str], name: str, module: str, expression: str) -> dict:
    """What a function of these benchmarks measured in a database of its own."""
    databases.clone(server, name)
    try:
        databases.install(name, [addon_folders.linked()[0].name])
        output = odoo_shell.call(name, module, expression)
    finally:
        databases.drop(server, name)
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    return json.loads(line.removeprefix(_MARK))
