"""No test is left out in silence: a skipped one fails the run, and so does an empty run."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1]


def run(folder, content):
    (folder / "test_one.py").write_text(content)
    plugins = ["-p", "house.no_skips", "-p", "no:odoo", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugins, f"--rootdir={folder}", str(folder)]
    env = {"PYTHONPATH": str(SCRIPTS)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("content", "passes"),
    [
        ("def test_passes():\n    assert True\n", True),
        ("import pytest\ndef test_skips():\n    pytest.skip('no browser')\n", False),
        ("def test_fails():\n    assert False\n", False),
        ("", False),
    ],
)
def test_what_passes(tmp_path, content, passes):
    assert (run(tmp_path, content) == 0) is passes
