"""Where everything lies, and which of it the user brings himself (``ODOO_HOME``, ``PGHOST``)."""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / ".odoo"
# Distinguishes checkouts wherever they share something: a server, the temporary folder.
CHECKOUT = hashlib.sha256(bytes(ROOT)).hexdigest()[:8]

VENV = HOUSE / "venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements" / "development.txt"
REQUIREMENTS_OF_ODOO = ROOT / "requirements" / "odoo.txt"  # which the former includes

ADDON = "l10n_cl_sii"

ODOO_UNPACKED = HOUSE / "odoo"
ODOO_LAUNCHER = ROOT / "scripts" / "house" / "launcher" / "start_odoo.py"
ODOO_CONFIG = HOUSE / "odoo.conf"
ODOO_DATA = HOUSE / "data"


def pg_data(house: Path) -> Path:
    """Where the embedded PostgreSQL lies: its command line takes no path with a blank."""
    if not any(each.isspace() or each in "'\"" for each in str(house)):
        return house / "pg"
    apart = f"l10n_cl_sii_{os.getuid()}_{hashlib.sha256(bytes(house)).hexdigest()[:8]}"
    return Path(tempfile.gettempdir()) / apart / "pg"


PG_DATA = pg_data(HOUSE)
PG_RUNTIME = HOUSE / "run"  # of the library that starts it: its lock is this checkout's alone
PG_KEEP = HOUSE / "pg.keep"

SIMULATOR_DATA = HOUSE / "simulator"
OUT = HOUSE / "out"
LOGS = HOUSE / "log"


def odoo_home() -> Path:
    """The user's own Odoo 19 when ``ODOO_HOME`` names one, else the one unpacked here."""
    return Path(os.environ.get("ODOO_HOME") or ODOO_UNPACKED).resolve()


def own_odoo() -> bool:
    """True when the user brings his own Odoo: then nothing is downloaded."""
    return bool(os.environ.get("ODOO_HOME"))


def own_postgres() -> bool:
    """True when libpq's environment names a server of the user's."""
    return bool(os.environ.get("PGHOST") or os.environ.get("PGSERVICE"))


def child_environment() -> dict[str, str]:
    """The environment for Odoo and its tools: the venv first, our own module path left out."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    return env
