"""``test [PART [ARGUMENTS]]``, and ``test one [-u] [--fresh] tests/test_x.py -k name``.

PART: machinery, library, simulator, lint, addons, upgrade, crash, thousand, scale, conformance.
ARGUMENTS are pytest's. Without a part: all of them but conformance and those that want minutes and
the machine for themselves (crash, thousand, scale), also when one fails.

``one`` keeps its database, so that a test of the addons takes seconds: the first call makes it,
``-u`` upgrades it (after changes of fields; changes of views and data are seen by themselves),
``--fresh`` makes it again.
"""

import subprocess
from concurrent.futures import ThreadPoolExecutor

from .. import lint, paths, tests
from ..progress import StepError, explain, show

PARTS = {
    "machinery": tests.machinery,
    "library": tests.library,
    "simulator": tests.simulator,
    "lint": lambda _arguments: lint.run(),
    "addons": tests.addons,
    "one": tests.one,
    "upgrade": tests.upgrade,
    "crash": tests.crash,
    "thousand": tests.thousand,
    "scale": tests.scale,
    "conformance": tests.conformance,
}
# These need neither a database nor time, and run beside the addons' tests.
BESIDE = ("machinery", "library", "simulator", "lint")


def main(arguments: list[str]) -> int:
    if arguments:
        name, *rest = arguments
        if name not in PARTS:
            show(__doc__)
            return 2
        return PARTS[name](rest)
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(lambda: {name: _run_apart(name) for name in BESIDE})
        results = {name: _run(name) for name in ("addons", "upgrade")}
        for name, done in beside.result().items():
            show(done.stdout)
            results[name] = done.returncode
    for name, result in results.items():
        show(f"{name:10} {'failed' if result else 'passed'}")
    return max(results.values())


def _run(name: str) -> int:
    try:
        return PARTS[name]([])
    except StepError as error:
        explain(error)
        return 1


def _run_apart(name: str) -> subprocess.CompletedProcess[str]:
    """The part in a process of its own, its output kept until it can be shown in one piece."""
    return subprocess.run(
        [paths.ROOT / "scripts" / "test", name],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
