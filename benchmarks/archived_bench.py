"""Bytes that a document leaves in database and files, and what a year of a million comes to."""

import json
import os
from collections.abc import Callable

from house import addon_folders, databases, odoo_process, postgres

from . import odoo_shell

_MARK = "archived: "
_GOALS = {"factura": 13_000, "boleta": 11_000}
_MILLION = 1_000_000


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the database is dropped again."""
    name = f"bench_archived_{os.getpid()}"
    with postgres.running() as server:
        odoo_process.write_config(server)
        databases.ensure_template(server)
        databases.clone(server, name)
        try:
            databases.install(name, [addon_folders.linked()[0].name])
            output = odoo_shell.call(name, "archived", f"measure(env, {_MARK!r})")
        finally:
            databases.drop(server, name)
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    _report(write, json.loads(line.removeprefix(_MARK)))


def _report(write: Callable[[str], None], grown: dict[str, dict]) -> None:
    for kind, left in grown.items():
        rows, files = sum(left["rows"].values()), left["files"]
        write(
            f"A {kind}, accepted, without mail: {rows / 1000:.1f} kB of database"
            f" ({rows / _GOALS[kind]:.2f} of the aim; {left['loose'] / 1000:.1f} as it grows),"
            f" {left['bytes'] / 1000:.1f} kB in {files:.2f} files"
        )
        largest = sorted(left["rows"].items(), key=lambda row: -row[1])[:12]
        write("  " + ", ".join(f"{name} {size / 1000:.1f}" for name, size in largest))
        write(
            f"  a year of a million: {rows * _MILLION / 1e9:.1f} GB of database,"
            f" {left['bytes'] * _MILLION / 1e9:.1f} GB in {files:.2f} million files"
        )
