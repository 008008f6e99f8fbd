"""Makes the database that ``tests/upgrade`` takes through today's migrations.

It is filled by the addons as they were at ``COMMIT``, in a checkout of their own, and holds no
secret: keys are taken out before it is written, and the test puts fresh ones in.
"""

import io
import lzma
import os
import re
import subprocess
import tarfile
from pathlib import Path

from . import paths
from .progress import StepError, show

COMMIT = "6ce047d"
FIXTURE = paths.ROOT / "tests" / "upgrade" / f"{COMMIT}.sql.xz"
CHECKOUT = paths.HOUSE / "upgrade" / COMMIT
MAKING = paths.ROOT / "tests" / "upgrade" / "making"
# psql's guard against a hostile server, and settings that older servers do not know.
_NOT_PORTABLE = re.compile(rb"^(\\(un)?restrict .*|SET transaction_timeout = 0;)\n", re.MULTILINE)


def make() -> None:
    """Write ``FIXTURE`` again.

    :raises StepError: the commit is not in this clone, or its Odoo refused something.
    """
    _check_out()
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'scripts'}:{CHECKOUT}"}
    plain = CHECKOUT / ".odoo" / "fixture.sql"
    _call([paths.PYTHON, MAKING / "make.py", plain], "Fixture", cwd=CHECKOUT, env=environment)
    text = _NOT_PORTABLE.sub(b"", plain.read_bytes())
    FIXTURE.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    show(f"{FIXTURE.relative_to(paths.ROOT)}: {FIXTURE.stat().st_size / 1e6:.1f} MB")


def _check_out() -> None:
    if not CHECKOUT.exists():
        git = ["git", "-C", str(paths.ROOT), "archive", "--format=tar", COMMIT]
        packed = subprocess.run(git, stdout=subprocess.PIPE, check=False)
        if packed.returncode:
            raise StepError(f"Checkout of {COMMIT}", "Fetch the whole history of this repository.")
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(CHECKOUT, filter="data")
    house = CHECKOUT / ".odoo"
    house.mkdir(exist_ok=True)
    for name in ("venv", "odoo"):
        if not (house / name).exists():
            (house / name).symlink_to((paths.HOUSE / name).resolve())


def _call(command: list[str | Path], title: str, **options) -> None:
    done = subprocess.run([str(part) for part in command], check=False, **options)
    if done.returncode:
        raise StepError(title, "What is said above must be mended first.")
