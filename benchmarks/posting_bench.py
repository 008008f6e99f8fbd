"""Posting in Odoo with the addon against the same with l10n_cl alone, each in its database."""

import json
import os
import statistics
import subprocess
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, paths, postgres

BATCH = 200
SINGLE = 40
ROUNDS = 5
_MARK = "posted: "
_PATIENCE = 1200
_BARE, _ADDON = "l10n_cl alone", "l10n_cl and l10n_cl_sii"
_FIGURES = ("batch", "single", "batch_queries", "first_queries", "last_queries")


def run(say: Callable[[str], None]) -> None:
    """Measure and tell; the two databases are dropped again."""
    names = {side: f"bench_{index}_{os.getpid()}" for index, side in enumerate((_BARE, _ADDON))}
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            for side, name in names.items():
                databases.clone(server, name)
                if side == _ADDON:
                    databases.install(name, [addon_folders.linked()[0].name])
                _shell(name, "posting_company", "set_up(env)")
            rounds = [{side: _posted(name) for side, name in names.items()} for _ in range(ROUNDS)]
        finally:
            for name in names.values():
                databases.drop(server, name)
    _tell(say, {side: _medians([each[side] for each in rounds]) for side in names})


def _posted(database: str) -> dict[str, float]:
    output = _shell(database, "posting", f"measure(env, {BATCH}, {SINGLE}, {_MARK!r})")
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    return json.loads(line.removeprefix(_MARK))


def _shell(database: str, module: str, call: str) -> str:
    program = (
        f"import sys; sys.path.append({str(paths.ROOT)!r})\n"
        f"from benchmarks import {module}; {module}.{call}\n"
    )
    done = subprocess.run(
        odoo_process.command("shell", "-d", database, "--log-level=warn"),
        env=paths.child_environment(),
        input=program,
        stdout=subprocess.PIPE,
        text=True,
        timeout=_PATIENCE,
        check=True,
    )
    return done.stdout


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {figure: statistics.median(each[figure] for each in rounds) for figure in _FIGURES}


def _tell(say: Callable[[str], None], sides: dict[str, dict[str, float]]) -> None:
    say(f"Posting facturas of three lines, medians of {ROUNDS} processes each")
    say(f"{'':26}{f'ms each of {BATCH}':>16}{'ms alone':>10}{'queries of each':>18}")
    say(f"{'':52}{f'/{BATCH}':>6}{'1st':>6}{f'{SINGLE}th':>6}")
    for side, figures in sides.items():
        batch, single, *queries = (figures[name] for name in _FIGURES)
        told = "".join(
            f"{count:>{width}.0f}" for count, width in zip(queries, (8, 6, 6), strict=True)
        )
        say(f"{side:26}{batch * 1000:>16.1f}{single * 1000:>10.1f}{told}")
    ratios = [sides[_ADDON][name] / sides[_BARE][name] for name in ("batch", "single")]
    say(f"{'ratio':26}{ratios[0]:>16.2f}{ratios[1]:>10.2f}")
