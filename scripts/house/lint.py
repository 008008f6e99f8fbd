"""ruff over the whole tree, pylint-odoo over the addons."""

import subprocess

from . import addon_folders, paths
from .progress import say


def run() -> int:
    """Run every check and return 0 when all of them are content."""
    bin_folder = paths.VENV / "bin"
    checks = (
        [bin_folder / "ruff", "check", "."],
        [bin_folder / "ruff", "format", "--check", "."],
        [bin_folder / "pylint", *addon_folders.linked()],
    )
    results = []
    for check in checks:
        say(f"==> {' '.join(str(part) for part in check).replace(str(bin_folder) + '/', '')}")
        done = subprocess.run(check, cwd=paths.ROOT, env=paths.child_environment(), check=False)
        results.append(done.returncode)
    return max(results)
