"""Posting in a database that has issued few documents, and in one that has issued many."""

import json
import os
import statistics
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, postgres

from . import odoo_shell

SIZES = (100, 100_000)
BATCH = 100
SINGLE = 40
ROUNDS = 5
_MARK = "posted: "


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the two databases are dropped again."""
    names = {size: f"bench_{size}_{os.getpid()}" for size in SIZES}
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            for size, name in names.items():
                databases.clone(server, name)
                databases.install(name, [addon_folders.linked()[0].name])
                odoo_shell.call(name, "posting_company", "set_up(env)")
                odoo_shell.call(name, "archive", f"fill(env, {size})")
            # by turns, so that what else the machine does is the same for both
            rounds = [{size: _posted(name) for size, name in names.items()} for _ in range(ROUNDS)]
        finally:
            for name in names.values():
                databases.drop(server, name)
    _report(write, {size: _costs([each[size] for each in rounds]) for size in SIZES})


def _posted(database: str) -> dict[str, float]:
    output = odoo_shell.call(database, "posting", f"measure(env, {BATCH}, {SINGLE}, {_MARK!r})")
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    return json.loads(line.removeprefix(_MARK))


def _costs(rounds: list[dict[str, float]]) -> dict[str, tuple[float, float]]:
    """Milliseconds of processor an invoice, of Odoo and of PostgreSQL: medians."""
    return {
        way: tuple(
            1000 * statistics.median(each[f"{way}_{process}"] for each in rounds)
            for process in ("python", "postgres")
        )
        for way in ("batch", "single")
    }


def _report(write: Callable[[str], None], found: dict[int, dict[str, tuple]]) -> None:
    write(f"Posting among documents of before, medians of {ROUNDS} processes each, by turns")
    write(f"{'ms of Odoo + PostgreSQL':32}{f'each of {BATCH}':>18}{'one at a time':>18}")
    for size, costs in found.items():
        cells = [f"{odoo:.1f} + {server:.1f}" for odoo, server in costs.values()]
        write(f"{f'{size:,} documents':32}{cells[0]:>18}{cells[1]:>18}")
    few, many = (found[size] for size in SIZES)
    ratios = [f"{sum(many[way]) / sum(few[way]):.2f}" for way in few]
    write(f"{'ratio':32}{ratios[0]:>18}{ratios[1]:>18}")
