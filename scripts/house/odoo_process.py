"""Odoo's configuration file and the command line that runs it."""

import signal
import subprocess
from collections.abc import Sequence

from . import addon_folders, odoo_source, paths
from .progress import run_step


def write_config(postgres: dict[str, str]) -> None:
    """Write ``.odoo/odoo.conf`` and bring the links to our addons up to date."""
    addon_folders.link()
    odoo_source.use()
    folders = [addon_folders.LINKS, paths.odoo_home() / "addons"]
    options = {
        "addons_path": ",".join(str(folder) for folder in folders if folder.is_dir()),
        "data_dir": paths.ODOO_DATA,
        "http_interface": "127.0.0.1",
        "max_cron_threads": 0,
        **{f"db_{name}": value for name, value in postgres.items()},
    }
    lines = ["[options]", *(f"{name} = {value}" for name, value in options.items())]
    text = "\n".join(lines) + "\n"
    if not paths.ODOO_CONFIG.exists() or paths.ODOO_CONFIG.read_text() != text:
        paths.ODOO_CONFIG.write_text(text)


def command(*arguments: str) -> list[str]:
    """The command line of Odoo; a subcommand such as ``shell`` stands first, as Odoo wants it."""
    subcommand, rest = [], list(arguments)
    if rest and not rest[0].startswith("-"):
        subcommand = [rest.pop(0)]
    # A script: neither the current folder (with its sii, tests, ...) nor any of ours comes before
    # Odoo's own modules, and Odoo can run the same command again.
    python = [str(paths.PYTHON), str(paths.ODOO_LAUNCHER)]
    return [*python, *subcommand, "-c", str(paths.ODOO_CONFIG), *rest]


def run(arguments: Sequence[str]) -> int:
    """Run Odoo in the foreground and return its exit code; SIGTERM and Ctrl-C reach it."""
    process = subprocess.Popen(command(*arguments), env=paths.child_environment())
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the terminal signalled Odoo as well: let it end by itself
            continue


def check_call(title: str, arguments: Sequence[str], advice: str, program: str = "") -> None:
    """Run Odoo to its end, showing what it does; ``program`` is what a ``shell`` reads.

    :raises StepError: it ended with an error.
    """
    run_step(title, command(*arguments), advice, env=paths.child_environment(), program=program)
