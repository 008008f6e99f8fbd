"""A month of the register read and imported, side by side with cl-sii's bare parser."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from house import addon_folders, databases, odoo_process, postgres

from . import odoo_shell, register_file
from .measure import Sample

SIZES = (10_000, 100_000)
ROUNDS = 3
_MARK = "imported: "
_IMPORT = "import into Odoo"
_PATIENCE = 600


def run(write: Callable[[str], None]) -> None:
    """Measure and report; the database and the files are dropped again."""
    name = f"bench_register_{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        files = {size: Path(folder) / f"{size}.csv" for size in SIZES}
        for size, path in files.items():
            register_file.write(path, size)
        odoo_process.write_config(server)
        databases.ensure_template(server)
        try:
            databases.clone(server, name)
            databases.install(name, [addon_folders.linked()[0].name])
            odoo_shell.call(name, "register_import", "set_up(env)")
            samples = _measure(name, files)
        finally:
            databases.drop(server, name)
    _report(write, samples)


def _measure(database: str, files: dict[int, Path]) -> dict[tuple[str, int], list[Sample]]:
    samples: dict[tuple[str, int], list[Sample]] = {}
    for _round in range(ROUNDS):
        for size, path in files.items():
            for reader in register_file.READERS:
                samples.setdefault((reader, size), []).append(_read(reader, path))
            samples.setdefault((_IMPORT, size), []).append(_imported(database, path))
    return samples


def _read(reader: str, path: Path) -> Sample:
    done = subprocess.run(
        [sys.executable, "-m", register_file.__name__, reader, str(path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        timeout=_PATIENCE,
        check=True,
    )
    return Sample(**json.loads(done.stdout))


def _imported(database: str, path: Path) -> Sample:
    call = f"measure(env, {str(path)!r}, {_MARK!r})"
    output = odoo_shell.call(database, "register_import", call)
    line = next(line for line in output.splitlines() if line.startswith(_MARK))
    return Sample(**json.loads(line.removeprefix(_MARK)))


def _report(write: Callable[[str], None], samples: dict[tuple[str, int], list[Sample]]) -> None:
    write(f"Register of purchases, medians of {ROUNDS} processes each")
    heads = "".join(f"{f'{size:,} rows':>20}{'peak MB':>9}" for size in SIZES)
    write(f"{'rows a second':24}{heads}{'kept':>8}")
    for reader in (*register_file.READERS, _IMPORT):
        rates, cells = [], ""
        for size in SIZES:
            taken = samples[reader, size]
            if any(sample.count != size for sample in taken):
                raise RuntimeError(f"{reader} did not take all of {size} rows")
            rates.append(statistics.median(sample.rate for sample in taken))
            peak = statistics.median(sample.peak for sample in taken)
            cells += f"{rates[-1]:>20,.0f}{peak:>9.0f}"
        write(f"{reader:24}{cells}{rates[-1] / rates[0]:>8.0%}")
