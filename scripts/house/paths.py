"""Where everything lies, and which of it the user brings himself (``ODOO_HOME``, ``PGHOST``)."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / ".odoo"

VENV = HOUSE / "venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements" / "python.txt"

ADDON = "l10n_cl_sii"

ODOO_UNPACKED = HOUSE / "odoo"
ODOO_LAUNCHER = ROOT / "scripts" / "house" / "launcher" / "start_odoo.py"
ODOO_CONFIG = HOUSE / "odoo.conf"
ODOO_DATA = HOUSE / "data"

PG_DATA = HOUSE / "pg"
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
