"""Posting in Odoo with the addon against the same with l10n_cl alone, each in its database."""

import json
import os
import statistics
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, postgres

from . import odoo_shell

BATCH = 200
SINGLE = 40
ROUNDS = 5
BEFORE = 1_000
_MARK = "posted: "
_BARE, _ADDON = "l10n_cl alone", "l10n_cl and l10n_cl_sii"


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the two databases are dropped again."""
    names = {side: f"bench_{index}_{os.getpid()}" for index, side in enumerate((_BARE, _ADDON))}
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            for side, name in names.items():
                databases.clone(server, name)
                if side == _ADDON:
                    databases.install(name, [addon_folders.linked()[0].name])
                odoo_shell.call(name, "posting_company", "set_up(env)")
                # an empty one has statistics with which PostgreSQL plans badly
                odoo_shell.call(name, "archive", f"fill(env, {BEFORE})")
            rounds = [{side: _posted(name) for side, name in names.items()} for _ in range(ROUNDS)]
        finally:
            for name in names.values():
                databases.drop(server, name)
    _report(write, {side: _median([each[side] for each in rounds]) for side in names})


def _posted(database: str) -> dict[str, float]:
    output = odoo_shell.call(database, "posting", f"measure(env, {BATCH}, {SINGLE}, {_MARK!r})")
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    return json.loads(line.removeprefix(_MARK))


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {figure: statistics.median(each[figure] for each in rounds) for figure in rounds[0]}


def _report(write: Callable[[str], None], sides: dict[str, dict[str, float]]) -> None:
    write(f"Posting facturas of three lines, medians of {ROUNDS} processes each")
    write(f"{'milliseconds (of them Python)':32}{f'each of {BATCH}':>18}{'one at a time':>18}")
    for side, figures in sides.items():
        write(f"{side:32}{_time(figures, 'batch'):>18}{_time(figures, 'single'):>18}")
    ratio = {
        name: value / sides[_BARE][name]
        for name, value in sides[_ADDON].items()
        if not name.endswith("postgres")
    }
    ratios = [f"{ratio[each]:.2f} ({ratio[f'{each}_python']:.2f})" for each in ("batch", "single")]
    write(f"{'ratio':32}{ratios[0]:>18}{ratios[1]:>18}")
    write(f"{'ms of PostgreSQL':32}{f'each of {BATCH}':>18}{'one at a time':>18}")
    for side, figures in sides.items():
        cells = [f"{figures[f'{each}_postgres'] * 1000:.1f}" for each in ("batch", "single")]
        write(f"{side:32}{cells[0]:>18}{cells[1]:>18}")
    whole = {side: _processor(figures) for side, figures in sides.items()}
    ratios = [f"{whole[_ADDON][each] / whole[_BARE][each]:.2f}" for each in ("batch", "single")]
    write(f"{'ratio of all processor time':32}{ratios[0]:>18}{ratios[1]:>18}")
    write(f"{'queries':32}{f'each of {BATCH}':>18}{'first, last alone':>18}")
    for side, figures in sides.items():
        alone = f"{figures['first_queries']:.0f}, {figures['last_queries']:.0f}"
        write(f"{side:32}{figures['batch_queries']:>18.1f}{alone:>18}")


def _processor(figures: dict[str, float]) -> dict[str, float]:
    """Odoo's and PostgreSQL's."""
    return {
        each: figures[f"{each}_python"] + figures[f"{each}_postgres"]
        for each in ("batch", "single")
    }


def _time(figures: dict[str, float], name: str) -> str:
    return f"{figures[name] * 1000:.1f} ({figures[f'{name}_python'] * 1000:.1f})"
