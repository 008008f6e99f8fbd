"""ruff over the whole tree, pylint-odoo over the addons."""

import subprocess

from . import addon_folders, paths
from .progress import show

# Each concept of a model has a file of its own. (In the file it would be enabled again.)
MERGED = "--disable=consider-merging-classes-inherited"


def run() -> int:
    """Run every check and return 0 when all of them are content."""
    addon_folders.link()
    addons = [folder.name for folder in addon_folders.linked()]
    links = addon_folders.LINKS
    checks = (
        (["ruff", "check", "."], paths.ROOT),
        (["ruff", "format", "--check", "."], paths.ROOT),
        (["pylint", f"--rcfile={paths.ROOT / 'pyproject.toml'}", MERGED, *addons], links),
    )
    results = []
    for (tool, *arguments), folder in checks:
        show(f"==> {tool} {' '.join(arguments)}")
        # as a module: the scripts in the environment name the checkout that it was made for
        command = [paths.PYTHON, "-P", "-m", tool, *arguments]
        done = subprocess.run(command, cwd=folder, env=paths.child_environment(), check=False)
        results.append(done.returncode)
    return max(results)
