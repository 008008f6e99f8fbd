"""The demo's database: made once, updated when the addon's sources change."""

import hashlib
import shutil
from pathlib import Path

from .. import addon_folders, databases, odoo_process, paths
from ..progress import StepError, show
from . import checkout
from .company import TYPES
from .simulator_api import SimulatorApi

NAME = databases.own_name("demo")
ADDONS = [*(folder.name for folder in addon_folders.linked()), checkout.ADDON]
SOURCES = ("*.py", "*.xml", "*.csv", "*.js", "*.scss", "*.po", "*.sql")
NOT_INSTALLED = {"tests", "conformance", "scripts", "simulator", "docs"}


def forget() -> None:
    """Forget the simulator's data too: a new database starts with new folios."""
    shutil.rmtree(paths.SIMULATOR_DATA, ignore_errors=True)


def prepare(postgres: dict[str, str], simulator: SimulatorApi, fresh: bool) -> None:
    """Make, update or just keep the database, and point it to the simulator.

    A database whose CAFs another simulator issued, or of other types or addons, is made again.

    :raises StepError: the user's server has a database of that name, which is not ours.
    """
    world = hashlib.sha256(f"{simulator.caf_public_key()}{TYPES}{ADDONS}".encode()).hexdigest()[:16]
    sources = _sources_key()
    label = databases.label(postgres, NAME)
    if label == "":
        advice = f"Rename or drop your database {NAME}, or name another server by PGHOST."
        raise StepError(f"The server has a database {NAME} that was not made here", advice)
    known = (label or "").split()
    if fresh or known[:1] != [world]:
        _make(postgres, simulator)
    elif known[1:] != [sources]:
        show("==> Update of the demo database: the addon's sources changed")
        arguments = ["-d", NAME, "-u", paths.ADDON, "--stop-after-init"]
        odoo_process.check_call("Demo database", arguments, "Try again with: make run FRESH=1")
    databases.set_label(postgres, NAME, f"{world} {sources}")
    databases.set_parameter(postgres, NAME, "l10n_cl_sii.base_url", simulator.url)


def _make(postgres: dict[str, str], simulator: SimulatorApi) -> None:
    databases.ensure_template(postgres)
    databases.clone(postgres, NAME)
    databases.install(NAME, ADDONS)
    show("==> Demo company, certificate, folios, customers and products")
    scripts = str(paths.ROOT / "scripts")
    program = (
        f"import sys; sys.path.insert(0, {scripts!r})\n"
        f"from house.demo.load import load; load(env, {simulator.url!r})\n"
    )
    advice = "What Odoo says above is a fault in the demo or the addon: please report it."
    odoo_process.check_call("Demo data", ["shell", "-d", NAME], advice, program)


def _sources_key() -> str:
    files = (path for pattern in SOURCES for path in paths.ROOT.rglob(pattern) if _installed(path))
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(paths.ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _installed(path: Path) -> bool:
    folders = path.relative_to(paths.ROOT).parts[:-1]
    return not any(part in NOT_INSTALLED or part.startswith(".") for part in folders)
