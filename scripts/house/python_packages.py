"""The virtual environment with the pinned Python packages."""

import hashlib
import sys

from . import paths
from .progress import StepError, run_step

STAMP = paths.VENV / "requirements.sha256"
TESTED = ((3, 11), (3, 12))


def install() -> None:
    """Bring ``.odoo/venv`` to the pinned packages, unless it has just these.

    :raises StepError: a Python that nothing was tested with, or pip failed.
    """
    if sys.version_info[:2] not in TESTED:
        named = " or ".join(f"{major}.{minor}" for major, minor in TESTED)
        raise StepError(
            "Python",
            f"Python {named} is needed, this is {sys.version.split()[0]}. "
            "Name one: make PYTHON=/path/to/python3.11 ...",
        )
    pins = paths.REQUIREMENTS.read_bytes() + paths.REQUIREMENTS_OF_ODOO.read_bytes()
    wanted = hashlib.sha256(pins + sys.version.encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    advice = "Check the network and pip's configuration (pip config list), then run it again."
    if not paths.PYTHON.exists():
        run_step("Virtual environment", [sys.executable, "-m", "venv", paths.VENV], advice)
    pip = [paths.PYTHON, "-m", "pip", "install", "--progress-bar", "off"]
    run_step("Build tools", [*pip, "setuptools==69.5.1", "wheel==0.45.1"], advice)
    # Every package is named: OCA's addons ask for an Odoo that is no package of the registry, and
    # old source packages (ofxparse, vobject) build only with the setuptools just installed.
    options = ["--no-deps", "--no-build-isolation", "-r", paths.REQUIREMENTS]
    run_step("Python packages", [*pip, *options], advice)
    STAMP.write_text(wanted)
